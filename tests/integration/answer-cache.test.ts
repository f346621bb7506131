import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { billing } from "@nio/db"
import { toMicropoints } from "@nio/server/contract"
import { cacheModels } from "@nio/server/core/model/cache-models"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { blue, type Remembering, startRemembering } from "../support/remembering.ts"

eachDatabase("answers that are told again", (open) => {
  let site: Remembering

  beforeAll(async () => {
    site = await startRemembering((await open()).db)
  })
  afterEach(() => site.settled())
  afterAll(() => site.close())

  const availableTo = async (userId: string) =>
    (await billing.balanceOf(site.server.deps.db, userId)).available
  const linesOf = async (userId: string) => {
    const { orm, t } = site.server.deps.db
    const rows = await orm.select().from(t.usageLog)
    return rows.filter((row) => row.userId === userId).sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  test("M B17: the same question is answered from memory, free of charge, and the usage line says so", async () => {
    const { actor, key } = await site.server.addUser(10)
    const name = await site.model()
    const first = await site.askUntilKept(key, { model: name })
    expect(first).toMatchObject({ status: 200, cache: "miss" })
    const asked = site.upstream.requests.length
    await eventually(async () => (await availableTo(actor.userId)) === toMicropoints(10) - 20_000)

    const second = await site.ask(key, { model: name })
    expect(second).toMatchObject({ status: 200, cache: "hit" })
    expect(JSON.parse(second.text).choices[0].message).toMatchObject({
      content: blue.chunks.join(""),
      reasoning_content: "hm",
    })
    expect(JSON.parse(second.text).usage).toMatchObject({ prompt_tokens: 7, completion_tokens: 3 })
    expect(site.upstream.requests).toHaveLength(asked)

    await eventually(async () => (await linesOf(actor.userId)).length === 2)
    const [, line] = await linesOf(actor.userId)
    expect(line).toMatchObject({ usageFrom: "cache", charge: 0, attempts: 0, channelId: null })
    expect(line).toMatchObject({ outcome: "done", finish: "stop", inputTokens: 7, outputTokens: 3 })
    expect(await availableTo(actor.userId)).toBe(toMicropoints(10) - 20_000)
  })

  test("somebody without points is told what was paid for already (A14)", async () => {
    const rich = await site.server.addUser(10)
    const poor = await site.server.addUser(0)
    const name = await site.model()
    await site.askUntilKept(rich.key, { model: name })
    expect(await site.ask(poor.key, { model: name })).toMatchObject({ status: 200, cache: "hit" })
    expect((await site.ask(poor.key, { model: name, seed: 1 })).status).toBe(402)
  })

  test("an answer is a stream when asked so and a document when not, whichever it was", async () => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    await site.askUntilKept(key, { model: name, stream: true })
    const whole = await site.ask(key, { model: name })
    expect(whole.cache).toBe("hit")
    expect(JSON.parse(whole.text).choices[0].message.content).toBe(blue.chunks.join(""))

    const streamed = await site.ask(key, {
      model: name,
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(streamed.cache).toBe("hit")
    const frames = streamed.text
      .trim()
      .split("\n\n")
      .map((frame) => frame.slice("data: ".length))
    expect(frames.at(-1)).toBe("[DONE]")
    const chunks = frames.slice(0, -1).map((frame) => JSON.parse(frame))
    const said = chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")
    expect(said).toBe(blue.chunks.join(""))
    expect(chunks.at(-1).usage).toMatchObject({ prompt_tokens: 7, completion_tokens: 3 })
    expect(streamed.text.match(/"finish_reason":"stop"/g)).toHaveLength(1)
  })

  test("an answer is told again in every dialect, to whoever asks in it, as a stream and whole", async () => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    const words = blue.chunks.join("")
    const messages = [{ role: "user", content: "Why blue?" }]
    const contents = [{ role: "user", parts: [{ text: "Why blue?" }] }]
    const ways = [
      ["/v1/messages", { model: name, max_tokens: 9, messages }, { stream: true }],
      ["/v1/responses", { model: name, input: "Why blue?" }, { stream: true }],
      [`/v1beta/models/${name}:generateContent`, { contents }, ":streamGenerateContent?alt=sse"],
    ] as const
    for (const [path, body, streaming] of ways) {
      const tell = (to: string, what: object) => site.post(key, JSON.stringify(what), { path: to })
      const size = site.kv.stored.size
      const first = await tell(path, body)
      expect(first.headers.get("x-cache")).toBe("miss")
      await eventually(async () => site.kv.stored.size > size)

      const whole = await tell(path, body)
      expect(whole.headers.get("x-cache")).toBe("hit")
      expect(JSON.stringify(await whole.json())).toContain(words)
      const streamed =
        typeof streaming === "string"
          ? await tell(path.replace(":generateContent", streaming), body)
          : await tell(path, { ...body, ...streaming })
      expect(streamed.headers.get("x-cache")).toBe("hit")
      const said = await streamed.text()
      expect(said).toContain(words)
      expect(said).not.toMatch(/"error":\s*\{/)
    }
  })

  test("however it is written, the same question is the same; who asks and how is beside the point", async () => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    const question = { model: name, temperature: 0, top_p: 1 }
    await site.askUntilKept(key, question)
    const again = { user: "u-7", top_p: 1, temperature: 0.0, model: name, stream: true }
    expect((await site.ask(key, again)).cache).toBe("hit")
  })

  test("nothing else is the same: temperature, tools, system, unknown fields, format, group, model (F9)", async () => {
    const { key } = await site.server.addUser(100)
    const name = await site.model()
    await site.askUntilKept(key, { model: name })
    const system = { role: "system", content: "Be brief." }
    const others = [
      { temperature: 0 },
      { temperature: 1 },
      { max_tokens: 5 },
      { tools: [{ type: "function", function: { name: "f", parameters: {} } }] },
      { messages: [system, { role: "user", content: "Why blue?" }] },
      { response_format: { type: "json_object" } },
      { x_vendor: { thinking: true } },
      { seed: 7 },
      { n: 2 },
      { messages: [{ role: "user", content: "Why blue? " }] },
    ]
    for (const other of others)
      expect({ other, cache: (await site.ask(key, { model: name, ...other })).cache }).toEqual({
        other,
        cache: "miss",
      })
    expect((await site.ask(key, { model: await site.model() })).cache).toBe("miss")
  })

  test("S23: what was asked is nowhere in the memory", async () => {
    const { key } = await site.server.addUser(10)
    const name = await site.model()
    const secret = "the code is 4711-0815"
    await site.askUntilKept(key, { model: name, messages: [{ role: "user", content: secret }] })
    expect(JSON.stringify([...site.kv.stored])).not.toContain("4711")
  })

  test("a model that was not chosen has no memory and says nothing of one", async () => {
    const { key } = await site.server.addUser(10)
    await site.server.addChannel({ baseUrl: site.upstream.url, models: ["forgetful"] })
    await site.server.setPrice({ models: ["forgetful"] })
    const size = site.kv.stored.size
    expect((await site.ask(key, { model: "forgetful" })).cache).toBeNull()
    expect((await site.ask(key, { model: "forgetful" })).cache).toBeNull()
    expect(site.kv.stored.size).toBe(size)
  })

  test("no model, the free ones, or all are chosen in one go", async () => {
    await site.server.addChannel({ baseUrl: site.upstream.url, models: ["gift", "dear"] })
    await site.server.setPrice({ models: ["gift"], type: "free", input: 0, output: 0 })
    await site.server.setPrice({ models: ["dear"] })
    const { deps, admin } = site.server
    const chosen = () => deps.live.current().settings["cache.models"]
    await cacheModels(deps, admin, "free")
    expect(chosen()).toEqual(["gift"])
    await cacheModels(deps, admin, "all")
    expect(chosen()).toEqual([...deps.live.current().byModel.keys()].sort())
    await cacheModels(deps, admin, "none")
    expect(chosen()).toEqual([])
    expect(cacheModels(deps, { ...admin, isAdmin: false }, "all")).rejects.toThrow()
  })
})
