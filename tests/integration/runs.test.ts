import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { messages, runs } from "@nio/db"
import { interruptStaleRuns } from "@nio/server/core/chat/interrupt-stale-runs"
import { type Browser, question, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const words = Array.from({ length: 40 }, (_, index) => `w${index} `)
const whole = words.join("")
const slowly = scriptedOpenAi({ chunks: words, delayMs: 15 })
const quickly = scriptedOpenAi({ chunks: ["Hello ", "there"], reasoning: ["hm"] })
const endless = scriptedOpenAi({ chunks: Array.from({ length: 2_000 }, () => "x"), delayMs: 15 })

eachDatabase("runs", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let browser: Browser
  let userId: string

  beforeAll(async () => {
    upstream = await simulate(quickly)
    server = await startServer((await open()).db)
    await server.addChannel({ baseUrl: upstream.url })
    await server.setPrice({ models: ["m"] })
    const { actor } = await server.addUser(1_000)
    userId = actor.userId
    browser = await signIn(server.url, actor.name)
  })
  afterAll(async () => {
    await server?.close()
    await upstream?.close()
  })

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

  test("any tab stops a run; what was said is kept and charged", async () => {
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

  test("an upstream that refuses leaves the question, a typed failure, and the balance", async () => {
    upstream.answerWith({ status: 500, body: "sk-upstream-secret broke" })
    const before = await browser.query("account.balance")
    const socket = await browser.socket()
    socket.send(question({ text: "will fail" }))
    const { conversationId } = await socket.next("accepted")
    const { message } = await socket.next("done")
    expect(message).toMatchObject({
      state: "failed",
      text: "",
      failure: { code: "upstream.unavailable", params: { model: "m" } },
    })
    expect(JSON.stringify(socket.frames)).not.toContain("sk-upstream-secret")
    const tree = (await browser.query("conversation.get", { id: conversationId })).messages
    expect(tree[0].text).toBe("will fail")
    expect(await browser.query("account.balance")).toEqual(before)
    socket.close()
  })

  test("too few points are said as such", async () => {
    const { actor } = await server.addUser(0)
    const socket = await (await signIn(server.url, actor.name)).socket()
    socket.send(question())
    await socket.next("accepted")
    const { message } = await socket.next("done")
    expect(message.failure).toMatchObject({ code: "points.insufficient", params: { available: 0 } })
    socket.close()
  })

  test("an upstream that breaks off leaves what it said, to be continued in the same message", async () => {
    const half = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"half"},"finish_reason":null}]}\n\n`
    upstream.answerWith({
      headers: { "content-type": "text/event-stream" },
      body: [half, ": still here\n\n"],
      pauseMs: 50,
      end: "reset",
    })
    const socket = await browser.socket()
    socket.send(question())
    const accepted = await socket.next("accepted")
    const { message } = await socket.next("done")
    expect(message).toMatchObject({ state: "interrupted", text: "half" })
    expect(message.failure?.code).toBe("upstream.interrupted")

    upstream.answerWith(scriptedOpenAi({ chunks: [" and", " half"] }))
    socket.send({ type: "continue", requestId: "go-on", messageId: message.id, model: "m" })
    const again = await socket.next("accepted")
    expect(again).toMatchObject({ question: null, answer: { id: message.id, text: "half" } })
    const done = await socket.next("done")
    expect(done.message).toMatchObject({ text: "half and half", state: "done", failure: null })
    expect(done.message.charge).toBeGreaterThan(message.charge ?? 0)
    expect(accepted.conversationId).toBe(again.conversationId)
    expect(upstream.requests.at(-1)?.body.messages.at(-2)).toMatchObject({
      role: "assistant",
      content: "half",
    })
    socket.close()
  })

  test("a crash leaves the text as far as it was saved, marked as interrupted", async () => {
    upstream.answerWith(quickly)
    const socket = await browser.socket()
    socket.send(question())
    const { conversationId, answer } = await socket.next("accepted")
    await socket.next("done")
    const { deps } = server
    await messages.edit(deps.db, answer.id, { state: "writing", text: "saved so far" })
    await runs.insert(deps.db, {
      id: deps.newId(),
      conversationId,
      messageId: answer.id,
      userId,
      nodeId: "a node that died",
      seq: 3,
      stopAsked: false,
      startedAt: deps.now() - 60_000,
      aliveUntil: deps.now() - 1,
    })
    await interruptStaleRuns(deps)
    const stored = await browser.query("conversation.get", { id: conversationId })
    expect(stored.messages.at(-1)).toMatchObject({ state: "interrupted", text: "saved so far" })
    expect(stored.runId).toBeNull()
    socket.close()
  })

  test("the text so far is in the database within two seconds", async () => {
    upstream.answerWith(endless)
    const socket = await browser.socket()
    socket.send(question())
    const { runId, answer } = await socket.next("accepted")
    await eventually(async () => {
      const row = await messages.find(server.deps.db, answer.id)
      return (row?.text.length ?? 0) > 10
    }, 2_200)
    const progress = await runs.progress(server.deps.db, runId)
    expect(progress?.seq).toBeGreaterThan(0)
    socket.send({ type: "stop", runId })
    await socket.next("done")
    socket.close()
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

  test("an edited question and a second answer stand beside the first ones", async () => {
    upstream.answerWith(quickly)
    const socket = await browser.socket()
    socket.send(question({ text: "one" }))
    const first = await socket.next("accepted")
    await socket.next("done")
    const { conversationId } = first
    socket.send(question({ conversationId, text: "one, edited" }))
    const edited = await socket.next("accepted")
    await socket.next("done")
    socket.send({
      type: "regenerate",
      requestId: "regenerate",
      messageId: edited.answer.id,
      model: "m",
    })
    const second = await socket.next("accepted")
    await socket.next("done")

    const tree = (await browser.query("conversation.get", { id: conversationId })).messages
    const childrenOf = (id: string | null) => tree.filter((m: any) => m.parentId === id)
    expect(childrenOf(null).map((m: any) => m.text)).toEqual(["one", "one, edited"])
    expect(childrenOf(edited.question?.id ?? "").map((m: any) => m.id)).toEqual([
      edited.answer.id,
      second.answer.id,
    ])
    socket.close()
  })

  test("a question that is sent twice is asked once", async () => {
    upstream.answerWith(quickly)
    const socket = await browser.socket()
    const asked = question({ text: "only once" })
    socket.send(asked)
    const first = await socket.next("accepted")
    await socket.next("done")
    socket.send(asked)
    expect(await socket.next("accepted")).toMatchObject({
      runId: first.runId,
      answer: { id: first.answer.id, text: "Hello there" },
    })
    expect(await socket.next("idle")).toMatchObject({ conversationId: first.conversationId })
    const { items } = await browser.query("conversation.list", { limit: 10, search: "only once" })
    expect(items).toHaveLength(1)
    socket.close()
  })

  test("deleting a conversation gives up its run and ends it for who looks on", async () => {
    upstream.answerWith(endless)
    const socket = await browser.socket()
    socket.send(question())
    const { conversationId } = await socket.next("accepted")
    await socket.next("delta")
    await browser.mutate("conversation.delete", { id: conversationId })
    expect((await socket.next("done")).message.state).toBe("stopped")
    const gone = await browser.failure(browser.query("conversation.get", { id: conversationId }))
    expect(gone).toMatchObject({ status: 404, code: "conversation.not-found" })
    expect((await browser.query("account.balance")).held).toBe(0)
    socket.close()
  })

  test("pictures go to the model whole and come back by name, for their owner alone", async () => {
    upstream.answerWith(quickly)
    const png = "data:image/png;base64,iVBORw0KGgo="
    const socket = await browser.socket()
    socket.send(question({ text: "", images: [png] }))
    const accepted = await socket.next("accepted")
    await socket.next("done")
    const [name = ""] = accepted.question?.images ?? []
    expect(name).toBe(`/chat/images/${accepted.question?.id}/0`)
    expect(upstream.requests.at(-1)?.text).toContain(png)

    const mine = await fetch(server.url + name, { headers: { cookie: browser.cookie } })
    expect(mine.headers.get("content-type")).toBe("image/png")
    expect((await mine.bytes()).slice(1, 4)).toEqual(new TextEncoder().encode("PNG"))
    expect((await fetch(server.url + name)).status).toBe(401)

    socket.send(
      question({ conversationId: accepted.conversationId, text: "again", images: [name] }),
    )
    await socket.next("accepted")
    await socket.next("done")
    expect(upstream.requests.at(-1)?.text).toContain(png)
    socket.close()
  })

  test("a model sees the path that is shown, not its siblings", async () => {
    upstream.answerWith(quickly)
    const socket = await browser.socket()
    socket.send(question({ text: "first" }))
    const { conversationId, answer } = await socket.next("accepted")
    await socket.next("done")
    socket.send(question({ conversationId, text: "other root" }))
    await socket.next("accepted")
    await socket.next("done")
    socket.send(question({ conversationId, parentId: answer.id, text: "second" }))
    await socket.next("accepted")
    await socket.next("done")
    expect(upstream.requests.at(-1)?.body.messages.map((m: any) => m.content)).toEqual([
      "first",
      "Hello there",
      "second",
    ])
    socket.close()
  })
})
