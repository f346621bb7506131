import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { createApp } from "@nio/server/app"
import { type AllowedOrigin, parseOrigins } from "@nio/server/http/origins"
import { eachDatabase } from "../support/databases.ts"
import { type TestDeps, testDeps } from "../support/deps.ts"

/** Routes of programs, who bring a key of their own; everything else is our own pages'. */
const isOpen = (path: string) => /^(?:\/api)?\/(?:v1|v1beta|dashboard)(?:\/|$)/.test(path)
/**
 * Said to nobody else's page: what a proxy asks, what is not read by a page, takes a ticket, or is
 * saved as a file; and what is not there.
 */
const isMute = (path: string) =>
  /^\/(?:healthz|readyz|metrics|(?:api\/)?chat|mj|account|files|oidc|(?:api\/)?\*)(?:[/.]|$)/.test(
    path,
  )
/** Routes of old clients, who bring a credential and never a cookie: below `/api`, and at the root. */
const isOld = (path: string, all: readonly string[]) =>
  path.startsWith("/api/") || all.includes(path === "/" ? "/api/" : `/api${path}`)

eachDatabase("pages of other origins", (open) => {
  let deps: TestDeps

  beforeAll(async () => {
    deps = await testDeps((await open()).db)
  })
  afterAll(() => deps.close())

  const appFor = (list: string) => {
    const allowOrigins = parseOrigins(list) as AllowedOrigin[]
    return createApp(deps, { allowOrigins, webFolder: undefined, ready: {} })
  }

  const paths = async () => {
    const { routes } = await appFor("")
    const all = new Set(routes.map(({ path }) => path))
    expect(all.size).toBeGreaterThan(10)
    return [...all]
  }

  async function allowing(
    app: Awaited<ReturnType<typeof createApp>>,
    path: string,
    origin: string,
  ) {
    const url = `http://server.test${path.replaceAll("*", "x").replaceAll(/:(\w+)/g, "x")}`
    const asked = { origin, "access-control-request-method": "POST" }
    const reads = app.routes.some((route) => route.path === path && route.method === "GET")
    const method = reads ? "GET" : "POST"
    const [answer, before] = await Promise.all([
      app.handle(new Request(url, { method, headers: { origin } })),
      app.handle(new Request(url, { method: "OPTIONS", headers: asked })),
    ])
    return [answer, before].map(({ headers }) => ({
      origin: headers.get("access-control-allow-origin"),
      cookies: headers.get("access-control-allow-credentials"),
    }))
  }

  const nothing = { origin: null, cookies: null }

  describe("with a list", () => {
    test.each([
      ["https://chatnio.net", true],
      ["http://chatnio.net", true],
      ["https://www.chatnio.net", true],
      ["https://chatnio.app:8443", true],
      ["https://chatnio.app", false],
      ["https://evil.test", false],
      ["https://chatnio.net.evil.test", false],
      ["null", false],
    ])(
      "%s may read what programs read, and the rest only when it is listed",
      async (origin, listed) => {
        const app = await appFor("www.chatnio.net, https://chatnio.app:8443")
        const mine = { origin, cookies: "true" }
        const all = await paths()
        for (const path of all) {
          const named = isOld(path, all) ? { origin, cookies: null } : mine
          const strict = listed && !isMute(path) ? named : nothing
          const expected = isOpen(path) ? { origin: "*", cookies: null } : strict
          expect({ path, seen: await allowing(app, path, origin) }).toEqual({
            path,
            seen: [expected, expected],
          })
        }
      },
    )
  })

  test("without a list everybody may read, as a stranger", async () => {
    const app = await appFor("")
    for (const path of await paths()) {
      const expected = isMute(path) ? nothing : { origin: "*", cookies: null }
      expect({ path, seen: await allowing(app, path, "https://evil.test") }).toEqual({
        path,
        seen: [expected, expected],
      })
    }
  })

  test("S9: what changes something is refused when it comes from elsewhere", async () => {
    for (const [list, origin, status] of [
      ["", "https://evil.test", 403],
      ["chatnio.net", "https://evil.test", 403],
      ["chatnio.net", "https://www.chatnio.net", 401],
    ] as const) {
      const app = await appFor(list)
      const answer = await app.handle(
        new Request("http://server.test/trpc/search.test", {
          method: "POST",
          headers: { origin, "content-type": "application/json" },
          body: '{"query":"x"}',
        }),
      )
      expect(answer.status).toBe(status)
    }
  })
})
