import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createApp } from "@nio/server/app"
import { eachDatabase } from "../support/databases.ts"
import { type TestDeps, testDeps } from "../support/deps.ts"

eachDatabase("where old clients are heard", (open) => {
  let deps: TestDeps
  let webFolder: string

  beforeAll(async () => {
    deps = await testDeps((await open()).db)
    webFolder = await mkdtemp(join(tmpdir(), "nio-web-"))
    await writeFile(join(webFolder, "index.html"), "<!doctype html><title>the web</title>")
  })
  afterAll(async () => {
    await deps.close()
    await rm(webFolder, { recursive: true })
  })

  const options = { allowOrigins: [], ready: {} }
  const stranger = { error: "user not found" }

  describe("D5", () => {
    test("below /api where we serve the web, which has the rest", async () => {
      const app = await createApp(deps, { ...options, webFolder })
      const get = (path: string) => app.handle(new Request(`http://server.test${path}`))
      expect(await (await get("/api/quota")).json()).toMatchObject(stranger)
      expect(await (await get("/api/quota/")).json()).toMatchObject(stranger)
      expect((await get("/api/nothing")).status).toBe(404)
      for (const path of ["/quota", "/login", "/conversation/clean", "/share/abc", "/"])
        expect(await (await get(path)).text()).toContain("the web")
    })

    test("at the root as well where the web is elsewhere", async () => {
      const app = await createApp(deps, { ...options, webFolder: undefined })
      const get = (path: string) => app.handle(new Request(`http://server.test${path}`))
      for (const place of ["", "/api"])
        expect(await (await get(`${place}/conversation/list`)).json()).toMatchObject(stranger)
      expect((await get("/nothing")).status).toBe(404)
      expect((await get("/healthz")).status).toBe(200)
      expect(await (await get("/v1/models")).json()).toHaveProperty("error.code")
    })
  })

  test("no address opens sockets without end", async () => {
    const app = await createApp(deps, { ...options, webFolder: undefined })
    app.listen({ port: 0, hostname: "127.0.0.1" })
    const url = `ws://127.0.0.1:${app.server?.port}/api/chat`
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => {
        const socket = new WebSocket(url)
        return new Promise<boolean>((resolve) => {
          socket.onopen = () => resolve(true)
          socket.onerror = () => resolve(false)
        }).finally(() => socket.close())
      }),
    )
    const opened = outcomes.filter(Boolean).length
    expect(opened).toBeWithin(5, 8)
    await app.stop(true)
  })
})
