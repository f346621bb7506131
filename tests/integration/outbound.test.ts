import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { updateChannel } from "@nio/server/core/channel/update-channel"
import type { Outbound, OutboundProxy } from "@nio/server/core/routing/outbound"
import { upstreamFetch, upstreamSocket } from "@nio/server/infra/upstream-fetch"
import { blackHole } from "../support/black-hole.ts"
import { makeCertificate } from "../support/certificate.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startHttpProxy, startSocksProxy, type TestProxy } from "../support/proxies.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const login = { username: "us:er@x", password: "pa/ss %wörd" }
const wrong = { username: login.username, password: "marker-wrong-password" }

type Kind = { scheme: OutboundProxy["scheme"]; start: typeof startHttpProxy }
const kinds: Kind[] = [
  { scheme: "http", start: startHttpProxy },
  { scheme: "socks5", start: startSocksProxy },
]

describe("an upstream through a proxy", () => {
  let plain: ReturnType<typeof serve>
  let secure: ReturnType<typeof serve>
  let ca: string

  beforeAll(async () => {
    const { key, cert } = await makeCertificate("upstream.test")
    ca = cert
    plain = serve()
    secure = serve({ key, cert })
  })
  afterAll(async () => {
    await plain.stop(true)
    await secure.stop(true)
  })

  const serve = (tls?: { key: string; cert: string }) =>
    Bun.serve<string>({
      port: 0,
      hostname: "127.0.0.1",
      ...(tls && { tls }),
      fetch(request, server) {
        const { pathname, search } = new URL(request.url)
        const said = `${request.headers.get("host")}${pathname}${search} ${request.headers.get("x-a")}`
        if (server.upgrade(request, { data: said })) return undefined
        return Response.json({
          host: request.headers.get("host"),
          proxied: request.headers.get("proxy-authorization"),
        })
      },
      websocket: {
        open: (socket) => void socket.send(`hello ${socket.data}`),
        message() {},
      },
    })
  const via = ({ port }: TestProxy, { scheme }: Kind, as?: OutboundProxy["login"]): Outbound => ({
    connectMs: 2_000,
    proxy: { scheme, host: "127.0.0.1", port, ...(as && { login: as }) },
  })
  const init = () => ({ tls: { ca } }) as RequestInit

  for (const kind of kinds) {
    describe(kind.scheme, () => {
      test.each([
        ["http://upstream.test/v1", () => plain.port!, "upstream.test:80"],
        ["https://upstream.test/v1", () => secure.port!, "upstream.test:443"],
      ])("%s is reached by its own name, with a login", async (url, port, led) => {
        const proxy = await kind.start(port(), login)
        for (let call = 0; call < 2; call++) {
          const response = await upstreamFetch(url, init(), via(proxy, kind, login))
          expect(await response.json()).toMatchObject({ host: "upstream.test" })
        }
        expect(proxy.led[0]).toContain(led.replace(kind.scheme === "http" ? ":80" : "", ""))
        await proxy.close()
      })

      test("a WebSocket is opened through it", async () => {
        const proxy = await kind.start(plain.port!, login)
        const url = "ws://upstream.test/socket?a=b"
        const socket = upstreamSocket(url, { "x-a": "b" }, via(proxy, kind, login))
        const said = await new Promise((resolve, reject) => {
          socket.onmessage = ({ data }) => resolve(data)
          socket.onclose = reject
        })
        expect(said).toBe("hello upstream.test/socket?a=b b")
        socket.close()
        expect(proxy.led).toHaveLength(1)
        await proxy.close()
      })

      test.each(["http://upstream.test/v1", "https://upstream.test/v1"])(
        "%s: a login that is refused says so, and nothing else",
        async (url) => {
          const proxy = await kind.start(plain.port!, login)
          for (const as of [wrong, undefined]) {
            const failure = await upstreamFetch(url, init(), via(proxy, kind, as)).catch(
              (error) => error,
            )
            expect(failure).toMatchObject({ code: "PROXY_LOGIN_REFUSED" })
            expect(`${failure.message} ${failure.stack}`).not.toContain("marker")
          }
          expect(proxy.led).toEqual([])
          await proxy.close()
        },
      )

      test("a proxy that is not there is a connection that was not made", async () => {
        const proxy = await kind.start(plain.port!)
        await proxy.close()
        const failure = await upstreamFetch("http://upstream.test/", {}, via(proxy, kind)).catch(
          (error) => error,
        )
        expect(failure.code).toBeString()
      })
    })
  }
})

test("a connection that is neither made nor refused is given up in time, by all who wait", async () => {
  const hole = await blackHole()
  const startedAt = performance.now()
  const calls = await Promise.all(
    Array.from({ length: 5 }, () =>
      upstreamFetch(`http://127.0.0.1:${hole.port}/`, {}, { connectMs: 600 }).catch(
        (error) => error,
      ),
    ),
  )
  expect(calls.map(({ code }) => code)).toEqual(Array(5).fill("CONNECT_TIMEOUT"))
  expect(performance.now() - startedAt).toBeWithin(500, 1_500)
  await hole.close()
})

test("an upstream that is slow to answer is not taken for one that cannot be reached", async () => {
  await using slow = await simulate({ body: "late", firstByteMs: 1_200 })
  const response = await upstreamFetch(slow.url, {}, { connectMs: 400 })
  expect(await response.text()).toBe("late")
})

eachDatabase("a channel with a proxy and headers", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  beforeAll(async () => {
    upstream = await simulate(scriptedOpenAi({ chunks: ["Hi"] }))
    server = await startServer((await open()).db)
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const ask = (key: string, model: string) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
    })

  test("asks through it and sends them; a proxy that turns us away costs nothing and tells nothing", async () => {
    const proxy = await startSocksProxy(Number(new URL(upstream.url).port), login)
    const channel = {
      baseUrl: "http://upstream.test",
      models: ["m"],
      headers: { "x-gateway": "marker-gateway" },
      proxy: { scheme: "socks5" as const, host: "127.0.0.1", port: proxy.port, login },
    }
    const id = await server.addChannel(channel)
    await server.setPrice({ models: ["m"] })
    const { actor, key } = await server.addUser(10)
    expect((await ask(key, "m")).status).toBe(200)
    expect(upstream.requests.at(-1)?.headers.get("x-gateway")).toBe("marker-gateway")

    await updateChannel(server.deps, server.admin, id, {
      proxy: { ...channel.proxy, login: wrong },
    })
    const balance = () => billing.balanceOf(server.deps.db, actor.userId)
    await eventually(async () => (await balance()).held === 0)
    const before = await balance()
    const refused = await ask(key, "m")
    expect(refused.status).toBe(503)
    expect(proxy.refused).toBe(1)
    const told = (await refused.text()) + JSON.stringify(server.deps.logged)
    expect(told).toContain("PROXY_LOGIN_REFUSED")
    expect(told).not.toContain("marker")
    expect(await balance()).toEqual(before)
    await proxy.close()
  })

  test("that leads back to this server is a circle, and is broken at the second turn (F7)", async () => {
    const { key } = await server.addUser(10)
    await server.setPrice({ models: ["loop"] })
    await server.addChannel({ baseUrl: server.url, models: ["loop"], secrets: [key] })
    expect((await ask(key, "loop")).status).toBe(503)
    const circles = server.deps.logged.filter(({ fields }) => fields?.code === "relay.loop")
    expect(circles).toHaveLength(1)
  })
})
