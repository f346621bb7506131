import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test"
import { type AnswerWith, type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { type PriceRule, toMicropoints } from "@nio/server/contract"
import { explainCharge } from "@nio/server/core/billing/explain-charge"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const perMillion = 1_000_000
/** 1 micropoint a token in, 2 out. */
const simple = { input: perMillion, output: 2 * perMillion }
const points = 10

const json = (body: object): AnswerWith => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})
const chatTelling = (usage: object) =>
  json({
    id: "c",
    object: "chat.completion",
    created: 1,
    model: "m",
    choices: [{ index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" }],
    usage,
  })

eachDatabase("prices with details", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let models = 0
  let userId: string
  let key: string

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(chatTelling({ prompt_tokens: 1, completion_tokens: 1 }))
  })
  beforeEach(async () => {
    const user = await server.addUser(points)
    key = user.key
    userId = user.actor.userId
  })
  afterEach(() => server.deps.underway.drained(5_000))
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  async function model(rule: Partial<PriceRule>) {
    const name = `d${++models}`
    await server.addChannel({ baseUrl: upstream.url, models: [name] })
    await server.setPrice({ models: [name], ...simple, ...rule })
    return name
  }
  const post = async (path: string, body: object | FormData) => {
    const isForm = body instanceof FormData
    const answer = await fetch(`${server.url}/v1/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: isForm ? body : JSON.stringify(body),
    })
    await answer.bytes()
    await server.deps.underway.drained(5_000)
    return answer.status
  }
  const chat = (name: string, content = "hi") =>
    post("chat/completions", { model: name, messages: [{ role: "user", content }] })

  /** What was taken, which the line in the log must explain to the micropoint. */
  async function charged() {
    const { available, held } = await billing.balanceOf(server.deps.db, userId)
    expect(held).toBe(0)
    const { usageLog } = server.deps.db.t
    const rows = await server.deps.db.orm.select().from(usageLog)
    const line = rows.find((row: { userId: string }) => row.userId === userId)
    const taken = toMicropoints(points) - available
    expect(line?.charge).toBe(taken)
    expect(line && explainCharge(line as any)?.total).toBe(taken)
    return { taken, line }
  }

  test("what was cached, thought and heard costs its own rate, and the log can explain it", async () => {
    const details = { cachedInput: 0, reasoning: 5 * perMillion, audioOutput: 9 * perMillion }
    const name = await model({ details })
    upstream.answerWith(
      chatTelling({
        prompt_tokens: 1_000,
        completion_tokens: 100,
        prompt_tokens_details: { cached_tokens: 400, audio_tokens: 50 },
        completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 20 },
      }),
    )
    expect(await chat(name)).toBe(200)
    const { taken, line } = await charged()
    expect(taken).toBe(600 + 50 * 2 + 30 * 5 + 20 * 9)
    expect(line).toMatchObject({ cachedTokens: 400, reasoningTokens: 30, audioTokens: 70 })
  })

  test("a long request costs the long rates as a whole", async () => {
    const longContext = { aboveTokens: 900, input: 3 * perMillion, output: 4 * perMillion }
    const name = await model({ details: { longContext } })
    upstream.answerWith(chatTelling({ prompt_tokens: 901, completion_tokens: 1 }))
    await chat(name)
    expect((await charged()).taken).toBe(901 * 3 + 4)
  })

  test("pictures cost by the picture, and the hold is for as many as are wanted", async () => {
    const name = await model({ input: 0, output: 0, details: { image: toMicropoints(3) } })
    upstream.answerWith(json({ created: 1, data: [{ b64_json: "AA==" }, { b64_json: "AA==" }] }))
    expect(await post("images/generations", { model: name, prompt: "x", n: 4 })).toBe(402)
    expect(await post("images/generations", { model: name, prompt: "x", n: 2 })).toBe(200)
    expect((await charged()).taken).toBe(toMicropoints(6))
  })

  test("what is heard costs by the second where the upstream tells how long it is", async () => {
    const name = await model({ input: 0, output: 0, details: { second: 1_000 } })
    const form = new FormData()
    form.set("model", name)
    form.set("file", new File([new Uint8Array(4_000)], "a.mp3"))
    upstream.answerWith(json({ text: "Hello.", usage: { type: "duration", seconds: 3.5 } }))
    expect(await post("audio/transcriptions", form)).toBe(200)
    const { taken, line } = await charged()
    expect([taken, line?.mediaMs]).toEqual([3_500, 3_500])
  })

  test("the verbose form's duration counts, and where none is told seconds cost nothing", async () => {
    const name = await model({ input: 0, output: 0, details: { second: 1_000 } })
    const form = new FormData()
    form.set("model", name)
    form.set("file", new File([new Uint8Array(4_000)], "a.mp3"))
    upstream.answerWith(json({ text: "Hello.", task: "transcribe", duration: "2.25" }))
    expect(await post("audio/transcriptions", form)).toBe(200)
    expect((await charged()).taken).toBe(2_250)
    const other = await server.addUser(points)
    userId = other.actor.userId
    key = other.key
    upstream.answerWith(json({ text: "Hello." }))
    expect(await post("audio/transcriptions", form)).toBe(200)
    expect((await charged()).taken).toBe(0)
  })

  test.each([
    { prompt_tokens: -1_000, completion_tokens: -1_000 },
    { prompt_tokens: 1e308, completion_tokens: 1 },
    { prompt_tokens: "1000", completion_tokens: "1000" },
    { prompt_tokens: 9_007_199_254_740_992, completion_tokens: 1 },
  ])("A5: a count of %j is not believed, and never gives points", async (usage) => {
    const name = await model({ details: { cachedInput: 0, reasoning: 0 } })
    upstream.answerWith(chatTelling(usage))
    expect(await chat(name)).toBe(200)
    const { taken, line } = await charged()
    expect(line?.usageFrom).toBe("counted")
    expect(taken).toBeGreaterThan(0)
    expect(taken).toBeLessThan(100)
  })

  test("A5: parts that exceed the whole cost no less than nothing", async () => {
    const name = await model({ details: { cachedInput: 0, reasoning: 0 } })
    upstream.answerWith(
      chatTelling({
        prompt_tokens: 10,
        completion_tokens: 10,
        prompt_tokens_details: { cached_tokens: 1_000 },
        completion_tokens_details: { reasoning_tokens: 1_000 },
      }),
    )
    await chat(name)
    expect((await charged()).taken).toBe(0)
  })

  test("A6: a price near 2^63 is no price, whoever wrote it", async () => {
    const name = `d${++models}`
    await server.addChannel({ baseUrl: upstream.url, models: [name] })
    // As if written by hand: the edge would not let it through.
    await server.setPrice({ models: [name], ...simple, details: { image: 2 ** 62 } })
    expect(server.deps.live.current().prices.has(name)).toBe(false)
    expect(await chat(name)).toBe(403)
  })

  test("A17: a name that leads to a dearer model costs that name's price, and without one is refused", async () => {
    const own = `d${++models}`
    await server.addChannel({
      baseUrl: upstream.url,
      models: ["dear"],
      mapping: [`${own}>dear`, `bare${models}>dear`],
    })
    await server.setPrice({ models: [own], ...simple })
    await server.setPrice({ models: ["dear"], input: 9 * perMillion, output: 9 * perMillion })
    upstream.answerWith(chatTelling({ prompt_tokens: 10, completion_tokens: 10 }))
    expect(await chat(`bare${models}`)).toBe(403)
    expect(await chat(own)).toBe(200)
    const { taken, line } = await charged()
    expect(taken).toBe(30)
    expect(line).toMatchObject({ model: own, upstreamModel: "dear" })
  })
})
