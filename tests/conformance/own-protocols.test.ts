import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test"
import { mocks, type SimulatedUpstream, startMock } from "@nio/adapters/testing"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { inbounds } from "../support/inbound.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** Providers that speak nobody's dialect: what every caller gets is told from the events. */
const channels = [
  { provider: "spark", model: "spark-desk-max", key: undefined, path: "" },
  { provider: "hunyuan", model: "hunyuan-pro", key: "AKIDMock|mock-secret", path: "" },
  { provider: "dashscope", model: "qwen-plus-net", key: "sk-mock", path: "/api/v1" },
  { provider: "qianfan", model: "ERNIE-4.0-8K", key: "mock-client|mock-secret", path: "" },
]

const script = { chunks: ["Grü", "ße 💬"], usage: { input: 9, output: 4 } }

eachDatabase("an upstream with a protocol of its own", (open) => {
  let server: TestServer
  let key: string
  const upstreams: SimulatedUpstream[] = []

  beforeAll(async () => {
    server = await startServer((await open()).db)
    for (const { provider, model, key: ownKey, path } of channels) {
      const mock = await mocks[provider]!()
      const upstream = await startMock(mock, { script })
      upstreams.push(upstream)
      const place = mock.channel(upstream.url)
      const baseUrl = place.baseUrl + path
      await server.addChannel({
        provider,
        baseUrl,
        secrets: [ownKey ?? place.key],
        models: [model],
      })
    }
    await server.setPrice({ models: channels.map(({ model }) => model) })
    key = (await server.addUser(100)).key
  })
  // The database goes before whatever else is closed after the suite.
  afterEach(() => server.deps.underway.drained(5_000))
  afterAll(async () => {
    await server.close()
    await Promise.all(upstreams.map((upstream) => upstream.close()))
  })

  for (const { provider, model } of channels)
    describe.each(inbounds)(`${provider}, asked in the words of $name`, (inbound) => {
      const ask = (stream: boolean) =>
        fetch(server.url + inbound.path({ model, stream }), {
          method: "POST",
          headers: inbound.auth(key),
          body: JSON.stringify(
            inbound.body({ model, ...(stream && inbound.id !== "gemini" && { stream }) }),
          ),
        })

      test("answers whole", async () => {
        const response = await ask(false)
        expect(response.status).toBe(200)
        expect(inbound.textOf(await response.json())).toBe("Grüße 💬")
      })

      test("answers in pieces, to an honest end", async () => {
        const response = await ask(true)
        const text = await response.text()
        expect(response.status).toBe(200)
        for (const piece of ["Grü", "ße 💬"]) expect(text).toContain(piece)
        expect(text).toEndWith(inbound.lastWords)
      })
    })

  test("a caller who leaves closes the socket", async () => {
    const mock = await mocks.spark!()
    await using upstream = await startMock(mock, { script, fault: "silence" })
    const { baseUrl, key: secret } = mock.channel(upstream.url)
    const model = "spark-desk-lite"
    await server.addChannel({ provider: "spark", baseUrl, secrets: [secret], models: [model] })
    await server.setPrice({ models: [model] })
    const [openai] = inbounds
    const leave = new AbortController()
    const response = await fetch(server.url + openai!.path({ model }), {
      method: "POST",
      headers: openai!.auth(key),
      body: JSON.stringify(openai!.body({ model, stream: true })),
      signal: leave.signal,
    })
    await response.body!.getReader().read()
    leave.abort()
    await eventually(() => upstream.requests[0]?.cancelled === true)
  })
})
