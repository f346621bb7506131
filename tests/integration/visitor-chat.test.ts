import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { type Browser, signIn } from "../support/browser.ts"
import { endless, quickly } from "../support/chat-server.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

eachDatabase("the chat of visitors", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream

  beforeAll(async () => {
    server = await startServer((await open()).db, {}, { trustedProxies: 1 })
    upstream = await simulate(quickly)
    const { url: baseUrl } = upstream
    await server.addChannel({ baseUrl, models: ["open", "paid"] })
    await server.setPrice({ type: "free", input: 0, output: 0, models: ["open"], anonymous: true })
    await server.setPrice({ models: ["paid"] })
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  let households = 0
  const ask = (body: object, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/visitor/chat`, {
      method: "POST",
      headers: { "x-forwarded-for": `192.0.2.${++households}`, ...headers },
      body: JSON.stringify(body),
    })
  const asked = (model: string, text = "hi") => ({ model, messages: [{ role: "user", text }] })
  const framesOf = async (answer: Response) =>
    (await answer.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))

  test("tells the answer a frame a line, and keeps no conversation", async () => {
    const answer = await ask(asked("open"))
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson")
    const frames = await framesOf(answer)
    expect(frames.at(-1)).toEqual({ type: "done" })
    expect(frames.map(({ text = "" }) => text).join("")).toBe("Hello there")
    expect(await server.deps.db.rows("select id from conversations", [])).toEqual([])
  })

  test.each([
    ["a model that costs", asked("paid"), 401, "model.members-only"],
    ["a model that is not there", asked("none"), 404, "model.unknown"],
    ["nothing", asked("open", " "), 400, "input.invalid"],
    ["no messages", { model: "open", messages: [] }, 400, "input.invalid"],
    [
      "an answer to an answer",
      { model: "open", messages: [{ role: "assistant", text: "x" }] },
      400,
      "input.invalid",
    ],
    [
      "orders of a system",
      { model: "open", messages: [{ role: "system", text: "x" }] },
      400,
      "input.invalid",
    ],
    ["too long a message", asked("open", "x".repeat(32_001)), 400, "input.invalid"],
  ])("%s is refused", async (_, body, status, code) => {
    const answer = await ask(body)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code })
  })

  test("B14: a page elsewhere cannot ask in a visitor's name", async () => {
    const answer = await ask(asked("open"), { origin: "https://evil.example" })
    expect(answer.status).toBe(403)
  })

  test("an address has ten questions, and then waits, whatever else it claims to be", async () => {
    const from = (spoofed: string) =>
      ask(asked("open"), { "x-forwarded-for": `${spoofed}, 198.51.100.7` })
    for (let asked = 0; asked < 10; asked++)
      expect((await from(`10.0.0.${asked}`)).status).toBe(200)
    const answer = await from("10.0.0.99")
    expect(answer.status).toBe(429)
    expect(await answer.json()).toMatchObject({ code: "rate.limited" })
  })

  test("whoever hangs up ends the answer upstream", async () => {
    const slow = await simulate(endless)
    await server.addChannel({ baseUrl: slow.url, models: ["slow"] })
    await server.setPrice({ type: "free", input: 0, output: 0, models: ["slow"], anonymous: true })
    const hangUp = new AbortController()
    const answer = await fetch(`${server.url}/visitor/chat`, {
      method: "POST",
      headers: { "x-forwarded-for": "203.0.113.9" },
      body: JSON.stringify(asked("slow")),
      signal: hangUp.signal,
    })
    await answer.body?.getReader().read()
    hangUp.abort()
    const outcome = async () =>
      (
        await server.deps.db.rows<{ outcome: string }>(
          "select outcome from usage_log where model = 'slow'",
          [],
        )
      )[0]?.outcome
    await eventually(async () => (await outcome()) === "stopped")
    expect(await outcome()).toBe("stopped")
    await slow.close()
  })

  test("offers visitors what is open to them, and tells the page so", async () => {
    const models = await (await fetch(`${server.url}/trpc/model.list`)).json()
    expect(models.result.data.map(({ id }: { id: string }) => id)).toContain("open")
    expect(JSON.stringify(models)).not.toContain("paid")
    const session = await (await fetch(`${server.url}/trpc/session.current`)).json()
    expect(session.result.data.site.visitors).toBe(true)
  })

  test("conversations are claimed once by whoever signs in, and can be gone on with", async () => {
    const { actor } = await server.addUser(1)
    const person: Browser = await signIn(server.url, actor.name)
    const conversation = {
      id: "local-1",
      title: "A question",
      model: "open",
      createdAt: 1_000,
      messages: [
        { role: "user", text: "one", reasoning: "" },
        { role: "assistant", text: "two", reasoning: "hm" },
        { role: "user", text: "three", reasoning: "" },
      ],
    }
    const claim = () => person.mutate("conversation.claim", { conversations: [conversation] })
    expect(await claim()).toEqual({ claimed: 1 })
    await claim()
    const { items } = await person.query("conversation.list", { limit: 10 })
    expect(items).toMatchObject([{ title: "A question", model: "open", updatedAt: 1_000 }])
    const view = await person.query("conversation.get", { id: items[0].id })
    expect(view.messages).toMatchObject([
      { role: "user", text: "one", parentId: null, model: null },
      { role: "assistant", text: "two", reasoning: "hm", model: "open" },
      { role: "user", text: "three" },
    ])
    expect(view.conversation.leafId).toBe(view.messages[2].id)
    const failed = await person.failure(
      person.mutate("conversation.claim", {
        conversations: Array.from({ length: 21 }, (_, id) => ({ ...conversation, id: `${id}` })),
      }),
    )
    expect(failed).toMatchObject({ status: 400, code: "input.invalid" })
  })
})
