import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { migrate, openDatabase } from "@nio/db"
import { createApp } from "@nio/server/app"
import { freshSqlite } from "../support/databases.ts"
import { type TestDeps, testDeps } from "../support/deps.ts"

describe("what a page is sent with", () => {
  let deps: TestDeps
  let folder: string
  let cleanUp: () => Promise<void>

  beforeAll(async () => {
    const { options, remove } = await freshSqlite()
    const db = await openDatabase(options)
    await migrate(db)
    deps = await testDeps(db)
    folder = await mkdtemp(join(tmpdir(), "nio-web-"))
    await Bun.write(join(folder, "index.html"), "<!doctype html><title>Nio</title>")
    await Bun.write(join(folder, "diagram.html"), "<!doctype html><title>Diagram</title>")
    await Bun.write(join(folder, "assets/index-abcdefgh.js"), "1")
    cleanUp = async () => {
      await deps.close()
      await db.close()
      await remove()
      await rm(folder, { recursive: true })
    }
  })
  afterAll(() => cleanUp())

  const get = async (path: string, headers: Record<string, string> = {}, trustedProxies = 0) => {
    const app = await createApp(deps, {
      allowOrigins: [],
      trustedProxies,
      webFolder: folder,
      ready: {},
    })
    return app.handle(new Request(`http://nio.test${path}`, { headers }))
  }
  const policyOf = async (path: string) => {
    const policy = (await get(path)).headers.get("content-security-policy") ?? ""
    return Object.fromEntries(
      policy.split("; ").map((directive) => {
        const [name = "", ...values] = directive.split(" ")
        return [name, values.join(" ")]
      }),
    )
  }

  test.each(["/", "/keys", "/admin/users", "/assets/index-abcdefgh.js", "/nothing.js"])(
    "%s runs no script and no style that stands in the page",
    async (path) => {
      const policy = await policyOf(path)
      expect(Object.values(policy).join(" ")).not.toMatch(/unsafe|nonce|sha\d|\*|http:/)
      expect(policy).toMatchObject({
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
      })
    },
  )

  test("the frame of diagrams belongs to nobody and loads nothing but our script", async () => {
    expect(await policyOf("/diagram.html")).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'unsafe-inline'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'self'",
      sandbox: "allow-scripts",
    })
  })

  test.each(["/", "/assets/index-abcdefgh.js", "/nothing.js", "/trpc/session.current"])(
    "nobody guesses what %s might be",
    async (path) => {
      expect((await get(path)).headers.get("x-content-type-options")).toBe("nosniff")
    },
  )

  test("no other page can frame, reach or follow ours", async () => {
    const { headers } = await get("/")
    expect(headers.get("x-frame-options")).toBe("DENY")
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin")
    expect(headers.get("referrer-policy")).toBe("same-origin")
    expect(headers.get("permissions-policy")).toContain("camera=()")
  })

  test("TLS is asked for from then on by who came by it, and by nobody who only says so", async () => {
    const strict = async (headers: Record<string, string>, trusted: number) =>
      (await get("/", headers, trusted)).headers.get("strict-transport-security")
    const tls = { "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7" }
    expect(await strict(tls, 1)).toMatch(/^max-age=\d{8,}$/)
    expect(await strict(tls, 0)).toBeNull()
    expect(await strict({}, 0)).toBeNull()
    expect(await strict({ ...tls, "x-forwarded-proto": "http" }, 1)).toBeNull()
  })
})
