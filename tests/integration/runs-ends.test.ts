import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi } from "@nio/adapters/testing"
import { messages, runs } from "@nio/db"
import { interruptStaleRuns } from "@nio/server/core/chat/interrupt-stale-runs"
import { type Browser, question, signIn } from "../support/browser.ts"
import { type ChatServer, endless, quickly, startChat } from "../support/chat-server.ts"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import type { TestServer } from "../support/relay.ts"

eachDatabase("how runs end", (open) => {
  let chat: ChatServer
  let server: TestServer
  let upstream: SimulatedUpstream
  let browser: Browser
  let userId: string

  beforeAll(async () => {
    chat = await startChat((await open()).db)
    ;({ server, upstream, browser, userId } = chat)
  })
  afterAll(() => chat?.close())

  test("S5: an upstream that refuses leaves the question, a typed failure, and the balance", async () => {
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
})
