import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi } from "@nio/adapters/testing"
import { type Browser, question, signIn } from "../support/browser.ts"
import { type ChatServer, endless, quickly, startChat } from "../support/chat-server.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import type { TestServer } from "../support/relay.ts"

const words = Array.from({ length: 40 }, (_, index) => `w${index} `)
const whole = words.join("")
const slowly = scriptedOpenAi({ chunks: words, delayMs: 15 })

eachDatabase("runs", (open) => {
  let chat: ChatServer
  let server: TestServer
  let upstream: SimulatedUpstream
  let browser: Browser

  beforeAll(async () => {
    chat = await startChat((await open()).db)
    ;({ server, upstream, browser } = chat)
  })
  afterAll(() => chat?.close())

  test("an answer streams, is stored whole and is charged what it says", async () => {
    upstream.answerWith(quickly)
    const before = await browser.query("account.balance")
    const socket = await browser.socket()
    socket.send(question({ text: "  First\nquestion " }))
    const accepted = await socket.next("accepted")
    expect(accepted).toMatchObject({ title: "First question", answer: { state: "writing" } })
    expect(await socket.next("started")).toMatchObject({ runId: accepted.runId })

    const { message } = await socket.next("done")
    expect(message).toMatchObject({
      id: accepted.answer.id,
      text: "Hello there",
      reasoning: "hm",
      state: "done",
      inputTokens: 7,
      outputTokens: 2,
    })
    const deltas = socket.frames.filter((frame) => frame.type === "delta")
    expect(deltas.map(({ seq }) => seq)).toEqual(deltas.map((_, index) => index + 1))
    expect(deltas.map(({ text = "" }) => text).join("")).toBe("Hello there")

    const after = await browser.query("account.balance")
    expect(after).toEqual({ available: before.available - (message.charge ?? 0), held: 0 })
    const stored = await browser.query("conversation.get", { id: accepted.conversationId })
    expect(stored.messages.at(-1)).toEqual(message)
    expect(stored.runId).toBeNull()
    expect(stored.conversation).toMatchObject({ leafId: message.id, title: "First question" })
    socket.close()
  })

  test("a run goes on when every socket is closed, and a second one resumes without loss or repetition", async () => {
    upstream.answerWith(slowly)
    const first = await browser.socket()
    first.send(question())
    const { runId, conversationId } = await first.next("accepted")
    await first.next("delta")
    const seen = await first.next("delta")
    first.close()
    await first.closed
    await Bun.sleep(60)

    const second = await browser.socket()
    second.send({ type: "follow", conversationId, runId, after: seen.seq })
    const { message } = await second.next("done", 5_000)
    const before = first.frames.filter((f) => f.type === "delta").filter((f) => f.seq <= seen.seq)
    const after = second.frames.filter((frame) => frame.type === "delta")
    const sequence = [...before, ...after].map(({ seq }) => seq)
    expect(sequence).toEqual(sequence.map((_, index) => index + 1))
    expect([...before, ...after].map(({ text }) => text).join("")).toBe(whole)
    expect(message.text).toBe(whole)
    second.close()
  })

  test("a tab that comes later gets a snapshot, and two tabs see the same", async () => {
    upstream.answerWith(slowly)
    const first = await browser.socket()
    first.send(question())
    const { runId, conversationId } = await first.next("accepted")
    await first.next("delta")
    const second = await browser.socket()
    second.send({ type: "follow", conversationId, runId: null, after: 0 })
    expect(await second.next("started")).toMatchObject({ runId, question: { text: "What is up?" } })
    await second.next("snapshot")
    await Promise.all([first.next("done", 5_000), second.next("done", 5_000)])
    expect(first.textOf(runId)).toBe(whole)
    expect(second.textOf(runId)).toBe(whole)
    first.close()
    second.close()
  })

  test("M B8: any tab stops a run; what was said is kept and charged", async () => {
    upstream.answerWith(endless)
    const first = await browser.socket()
    first.send(question())
    const { runId, conversationId } = await first.next("accepted")
    await first.next("delta")
    const second = await browser.socket()
    second.send({ type: "stop", runId })
    const { message } = await first.next("done")
    expect(message.state).toBe("stopped")
    expect(message.text.length).toBeGreaterThan(0)
    expect(message.charge).toBeGreaterThan(0)
    expect((await browser.query("conversation.get", { id: conversationId })).runId).toBeNull()
    await eventually(() => upstream.requests.at(-1)?.cancelled === true)
    first.close()
    second.close()
  })

  test("somebody else can neither follow nor stop a run", async () => {
    upstream.answerWith(slowly)
    const mine = await browser.socket()
    mine.send(question())
    const { runId, conversationId } = await mine.next("accepted")
    const { actor } = await server.addUser(0)
    const theirs = await (await signIn(server.url, actor.name)).socket()
    theirs.send({ type: "follow", conversationId, runId, after: 0 })
    expect(await theirs.next("invalid")).toMatchObject({ code: "conversation.not-found" })
    theirs.send({ type: "stop", runId })
    expect((await mine.next("done", 5_000)).message.state).toBe("done")
    expect(theirs.frames).toHaveLength(1)
    mine.close()
    theirs.close()
  })

  test("one conversation has one run, also for two tabs that ask at once", async () => {
    upstream.answerWith(slowly)
    const tabs = await Promise.all([browser.socket(), browser.socket()])
    tabs[0]?.send(question())
    const first = await tabs[0]?.next("accepted")
    await tabs[0]?.next("done", 5_000)
    const again = {
      type: "regenerate" as const,
      messageId: first?.answer.id ?? "",
      model: "m",
    }
    tabs[0]?.send({ ...again, requestId: "a" })
    tabs[1]?.send({ ...again, requestId: "b" })
    await eventually(() => tabs.some((tab) => tab.frames.some(({ type }) => type === "refused")))
    const all = tabs.flatMap((tab) => tab.frames)
    expect(all.filter(({ type }) => type === "refused")).toMatchObject([{ code: "run.active" }])
    await eventually(
      () => all.length > 0 && tabs.some((tab) => tab.frames.at(-1)?.type === "done"),
      5_000,
    )
    for (const tab of tabs) tab.close()
  })
})
