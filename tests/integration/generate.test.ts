import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { faults, type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

/** One word is one token of the upstream's count, at 2 000 micropoints; so are the 7 of the question. */
const words = ["one ", "two ", "three "]
const perToken = 2_000

eachDatabase("an answer and its bill", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let models = 0

  beforeAll(async () => {
    server = await startServer((await open()).db)
    upstream = await simulate(scriptedOpenAi({ chunks: words }))
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  /** A model of its own with a channel and a price, so that tests do not see each other. */
  async function model(edit: Parameters<TestServer["addChannel"]>[0] = { baseUrl: upstream.url }) {
    const name = `m${++models}`
    await server.addChannel({ ...edit, models: [name] })
    await server.setPrice({ models: [name] })
    return name
  }

  const ask = (key: string, body: object, init: RequestInit = {}) =>
    fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ messages: [{ role: "user", content: "hi" }], ...body }),
      ...init,
    })

  const balanceOf = (userId: string) => billing.balanceOf(server.deps.db, userId)
  const settled = async (userId: string, spent: number, points = 10) => {
    const expected = { available: toMicropoints(points) - spent, held: 0 }
    await eventually(async () => Bun.deepEquals(await balanceOf(userId), expected)).catch(
      async () => expect(await balanceOf(userId)).toEqual(expected),
    )
  }

  test("M B6: is charged by the upstream's count, stream or not, and the same to the micropoint", async () => {
    const { actor, key } = await server.addUser(10)
    const name = await model()
    expect((await ask(key, { model: name })).status).toBe(200)
    await settled(actor.userId, 10 * perToken)
    await (await ask(key, { model: name, stream: true })).text()
    await settled(actor.userId, 20 * perToken)
  })

  test("a caller who does not want the usage chunk is charged all the same", async () => {
    const { actor, key } = await server.addUser(10)
    const answer = await ask(key, {
      model: await model(),
      stream: true,
      stream_options: { include_usage: false },
    })
    expect(await answer.text()).not.toContain("prompt_tokens")
    await settled(actor.userId, 10 * perToken)
  })

  test("an upstream that does not count is counted by us", async () => {
    upstream.answerWith(scriptedOpenAi({ chunks: words, usage: null }))
    const { actor, key } = await server.addUser(10)
    await (await ask(key, { model: await model(), stream: true })).text()
    await eventually(async () => (await balanceOf(actor.userId)).held === 0)
    const { available } = await balanceOf(actor.userId)
    const tokens = (toMicropoints(10) - available) / perToken
    expect(tokens).toBeGreaterThan(3)
    expect(tokens).toBeLessThan(12)
    upstream.answerWith(scriptedOpenAi({ chunks: words }))
  })

  test("A3: a caller who hangs up pays for what was delivered, once", async () => {
    const slow = await simulate(scriptedOpenAi({ chunks: Array(500).fill("word "), delayMs: 10 }))
    const { actor, key } = await server.addUser(10)
    const abort = new AbortController()
    const answer = await ask(
      key,
      { model: await model({ baseUrl: slow.url }), stream: true },
      { signal: abort.signal },
    )
    const reader = answer.body!.getReader()
    for (let read = 0; read < 5; read++) await reader.read()
    abort.abort()
    await eventually(async () => (await balanceOf(actor.userId)).held === 0)
    const spent = toMicropoints(10) - (await balanceOf(actor.userId)).available
    expect(spent).toBeGreaterThan(3 * perToken)
    expect(spent).toBeLessThan(100 * perToken)
    await eventually(() => slow.requests[0]?.cancelled === true)
    await slow.close()
  })

  test.each(Object.entries(faults))(
    "nothing delivered, nothing charged: %s",
    async (name, fault) => {
      if (["halfFrame", "reset", "silence", "mute"].includes(name)) return
      const broken = await simulate(fault)
      const { actor, key } = await server.addUser(10)
      const answer = await ask(key, { model: await model({ baseUrl: broken.url }), stream: true })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      const text = await answer.text()
      expect(JSON.parse(text).error.message).toBeString()
      expect(text).not.toContain(new URL(broken.url).host)
      expect(text).not.toContain("sk-upstream-secret")
      await settled(actor.userId, 0)
      await broken.close()
    },
  )

  test("M B9: an upstream that breaks off ends in an error frame and one [DONE]; what came is charged", async () => {
    const broken = await simulate(faults.halfFrame)
    const { actor, key } = await server.addUser(10)
    const answer = await ask(key, { model: await model({ baseUrl: broken.url }), stream: true })
    const text = await answer.text()
    expect(text).toContain('"half"')
    expect(text).toContain('"error"')
    expect(text.match(/\[DONE\]/g)).toHaveLength(1)
    await eventually(async () => (await balanceOf(actor.userId)).held === 0)
    expect((await balanceOf(actor.userId)).available).toBeLessThan(toMicropoints(10))
    await broken.close()
  })

  test("an overloaded channel is passed over before the first byte, and charged once", async () => {
    const down = await simulate(faults.overloaded)
    const { actor, key } = await server.addUser(10)
    const secrets = ["sk-upstream-one", "sk-upstream-two"]
    const name = await model({ baseUrl: down.url, priority: 2, tries: 2, secrets })
    await server.addChannel({ baseUrl: upstream.url, models: [name], priority: 1 })
    const answer = await ask(key, { model: name })
    expect(answer.headers.get("x-attempts")).toBe("3")
    expect(down.requests).toHaveLength(2)
    await settled(actor.userId, 10 * perToken)
    await down.close()
  })

  test("a mapped model goes up by its own name and comes back by the caller's", async () => {
    const { key } = await server.addUser(10)
    const alias = `m${++models}`
    await server.addChannel({
      baseUrl: upstream.url,
      models: ["real"],
      mapping: [`!${alias}>real`],
    })
    await server.setPrice({ models: [alias] })
    const whole = (await (await ask(key, { model: alias })).json()) as { model: string }
    expect(whole.model).toBe(alias)
    const streamed = await (await ask(key, { model: alias, stream: true })).text()
    expect(streamed).toContain(`"model":"${alias}"`)
    expect(streamed).not.toContain("real")
    expect(upstream.requests.at(-1)?.body.model).toBe("real")
    expect((await ask(key, { model: "real" })).status).toBe(404)
  })

  test("the usage log says what the answer cost the operator, by the upstream's name of the model", async () => {
    const { key } = await server.addUser(10)
    const name = `m${++models}`
    const costs = [
      { type: "per-token" as const, models: ["dear"], input: 1_000_000, output: 2_000_000 },
    ]
    await server.addChannel({
      baseUrl: upstream.url,
      models: ["dear"],
      mapping: [`${name}>dear`],
      costs,
    })
    await server.setPrice({ models: [name] })
    const id = (await ask(key, { model: name })).headers.get("x-request-id")!
    const { orm, t } = server.deps.db
    const line = async () =>
      (await orm.select().from(t.usageLog)).find((one: { id: string }) => one.id === id)
    await eventually(async () => (await line()) !== undefined)
    expect(await line()).toMatchObject({ cost: 7 + 3 * 2, upstreamModel: "dear", attempts: 1 })
  })

  test("a model without a price is refused for everyone but administrators", async () => {
    const { key } = await server.addUser(10)
    const name = `m${++models}`
    await server.addChannel({ baseUrl: upstream.url, models: [name] })
    expect((await ask(key, { model: name })).status).toBe(403)
  })

  test("a free model is charged nothing and needs no points", async () => {
    const { actor, key } = await server.addUser(0)
    const name = `m${++models}`
    await server.addChannel({ baseUrl: upstream.url, models: [name] })
    await server.setPrice({ type: "free", models: [name], input: 0, output: 0 })
    expect((await ask(key, { model: name })).status).toBe(200)
    await settled(actor.userId, 0, 0)
  })

  test("M B16: of 200 requests at once against a balance for 10, exactly 10 begin", async () => {
    const slow = await simulate(scriptedOpenAi({ chunks: words, delayMs: 50 }))
    const { actor, key } = await server.addUser(10)
    const name = `m${++models}`
    await server.addChannel({ baseUrl: slow.url, models: [name] })
    await server.setPrice({
      type: "per-request",
      models: [name],
      input: 0,
      output: toMicropoints(1),
    })
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => ask(key, { model: name, stream: true })),
    )
    await Promise.all(answers.map((answer) => answer.text()))
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 402)).toHaveLength(190)
    expect(slow.requests).toHaveLength(10)
    await settled(actor.userId, toMicropoints(10))
    await slow.close()
  })

  test("what an answer costs beyond the balance is written off, and the balance stays at zero", async () => {
    upstream.answerWith(scriptedOpenAi({ chunks: words, usage: { input: 7, output: 1_000_000 } }))
    const { actor, key } = await server.addUser(10)
    await ask(key, { model: await model() })
    await settled(actor.userId, toMicropoints(10))
    upstream.answerWith(scriptedOpenAi({ chunks: words }))
  })

  describe("A5: a count that cannot be true is not believed", () => {
    test.each([
      ["negative", { input: -5, output: -5 }],
      ["beyond all measure", { input: 1e300, output: 7 }],
    ])("%s", async (_, usage) => {
      upstream.answerWith(scriptedOpenAi({ chunks: words, usage }))
      const { actor, key } = await server.addUser(10)
      await ask(key, { model: await model() })
      await eventually(async () => (await balanceOf(actor.userId)).held === 0)
      const spent = toMicropoints(10) - (await balanceOf(actor.userId)).available
      expect(spent).toBeGreaterThan(0)
      expect(spent).toBeLessThan(50 * perToken)
      upstream.answerWith(scriptedOpenAi({ chunks: words }))
    })
  })

  test("the books balance after all of this", async () => {
    expect(await verifyLedger(server.deps)).toEqual([])
  })
})
