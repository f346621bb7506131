import { afterAll, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import type { ServerFrame } from "@nio/server/contract"
import { createBroadcast } from "@nio/server/core/chat/broadcast"
import { type Browser, openSocket, question, signIn } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

eachDatabase("the chat socket", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let upstream: SimulatedUpstream
  let browser: Browser

  beforeAll(async () => {
    upstream = await simulate(scriptedOpenAi({ chunks: ["Hello"] }))
    server = await startServer((await open()).db, { now: clock.now })
    await server.addChannel({ baseUrl: upstream.url })
    await server.setPrice({ models: ["m"] })
    const { actor } = await server.addUser(1_000)
    browser = await signIn(server.url, actor.name)
  })
  afterAll(async () => {
    await server?.close()
    await upstream?.close()
  })

  const upgrade = (ticket: string) =>
    fetch(`${server.url}/chat?ticket=${ticket}`, {
      headers: {
        connection: "upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      },
    })

  test("a ticket opens one socket, once, within thirty seconds", async () => {
    const ticket = await browser.ticket()
    const socket = await openSocket(server.url, ticket)
    const again = await upgrade(ticket)
    expect(again.status).toBe(401)
    expect(await again.json()).toMatchObject({ code: "ticket.invalid" })

    const late = await browser.ticket()
    clock.pass(30_001)
    expect((await upgrade(late)).status).toBe(401)
    expect((await upgrade("")).status).toBe(401)
    socket.close()
  })

  test.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ["no JSON", "hello"],
    ["half a frame", '{"type":"ask","requestId":'],
    ["a number", "12"],
    ["a list", "[1,2]"],
    ["null", "null"],
    ["bytes", new Uint8Array([0xff, 0xfe, 0])],
    ["an unknown type", '{"type":"dance"}'],
    ["a missing field", '{"type":"stop"}'],
    ["a wrong type", '{"type":"stop","runId":7}'],
    ["nesting without end", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["a model with a NUL", JSON.stringify(question({ model: "m\u0000" }))],
    ["a picture from nowhere", JSON.stringify(question({ images: ["file:///etc/passwd"] }))],
    ["a script as picture", JSON.stringify(question({ images: ["data:text/html;base64,PGI+"] }))],
    ["ten megabytes of text", JSON.stringify(question({ text: "x".repeat(10_000_000) }))],
  ])("%s gets a typed answer and the socket stays", async (_, data) => {
    const socket = await browser.socket()
    socket.sendRaw(data)
    expect(await socket.next("invalid", 5_000)).toMatchObject({ code: "input.invalid" })
    socket.send({ type: "ping" })
    await socket.next("pong")
    socket.close()
  })

  test("a frame beyond every limit closes the socket", async () => {
    const socket = await browser.socket()
    socket.sendRaw("x".repeat(17 * 1024 * 1024))
    expect([1006, 1009]).toContain((await socket.closed).code)
  })

  test.each<[string, ReturnType<typeof question>, string]>([
    ["nothing", question({ text: " \n " }), "input.invalid"],
    [
      "in a conversation that is not there",
      question({ conversationId: "x" }),
      "conversation.not-found",
    ],
    ["under a message that is not there", question({ parentId: "x" }), "message.not-found"],
    [
      "about an answer that is not there",
      { type: "regenerate", requestId: "r", messageId: "x", model: "m" },
      "message.not-found",
    ],
    [
      "to go on with an answer that is not there",
      { type: "continue", requestId: "c", messageId: "x", model: "m" },
      "message.not-found",
    ],
  ])("asking %s is refused and stores nothing", async (_, frame, code) => {
    const before = await browser.query("conversation.list", { limit: 100 })
    const socket = await browser.socket()
    socket.send(frame)
    expect(await socket.next("refused")).toMatchObject({ code })
    expect(await browser.query("conversation.list", { limit: 100 })).toEqual(before)
    socket.close()
  })

  test("an unknown model is a failure of the answer, not of the question", async () => {
    const socket = await browser.socket()
    socket.send(question({ model: "nobody-has-it" }))
    await socket.next("accepted")
    expect((await socket.next("done")).message.failure).toMatchObject({ code: "model.unknown" })
    socket.close()
  })

  test("frames are handled in the order they came, and each question ends once", async () => {
    const socket = await browser.socket()
    for (let count = 0; count < 5; count++) socket.send(question())
    const ends = new Set<string>()
    for (let count = 0; count < 5; count++) ends.add((await socket.next("done")).runId)
    expect(ends.size).toBe(5)
    socket.close()
  })

  test("a finished answer cannot be continued", async () => {
    const socket = await browser.socket()
    socket.send(question())
    const { answer } = await socket.next("accepted")
    await socket.next("done")
    socket.send({ type: "continue", requestId: "go", messageId: answer.id, model: "m" })
    expect(await socket.next("refused")).toMatchObject({ code: "input.invalid" })
    socket.close()
  })

  test("a conversation that is followed no more is silent", async () => {
    const socket = await browser.socket()
    socket.send(question())
    const { conversationId, answer } = await socket.next("accepted")
    await socket.next("done")
    socket.send({ type: "unfollow", conversationId })
    const other = await browser.socket()
    other.send({ type: "regenerate", requestId: "x", messageId: answer.id, model: "m" })
    await other.next("done")
    const before = socket.frames.length
    await Bun.sleep(50)
    expect(socket.frames.length).toBe(before)
    socket.close()
    other.close()
  })

  test("signing out closes the sockets of that session alone, within three seconds", async () => {
    const { actor } = await server.addUser(0)
    const [one, other] = [
      await signIn(server.url, actor.name),
      await signIn(server.url, actor.name),
    ]
    const [ended, staying] = [await one.socket(), await other.socket()]
    await one.mutate("session.signOut")
    expect(await Promise.race([ended.closed, Bun.sleep(3_000)])).toMatchObject({ code: 4401 })
    staying.send({ type: "ping" })
    await staying.next("pong")
    staying.close()
  })

  test("a session that has ended asks nothing more, even before its socket is closed", async () => {
    const { actor } = await server.addUser(100)
    const one = await signIn(server.url, actor.name)
    const socket = await one.socket()
    await one.mutate("session.signOut")
    socket.send(question())
    expect((await socket.closed).code).toBe(4401)
    expect(socket.frames).toEqual([])
  })
})

test("a reader that is too slow is skipped, and gets a snapshot when there is room", () => {
  const broadcast = createBroadcast({
    runId: "r",
    conversationId: "c",
    messageId: "m",
    seq: 0,
    text: "",
    reasoning: "",
  })
  const frames: ServerFrame[] = []
  let room = 2
  const slow = {
    deliver(frame: ServerFrame) {
      if (room === 0) return false
      room--
      frames.push(frame)
      return true
    },
  }
  broadcast.join(slow, 0)
  for (const text of ["a", "b", "c", "d"]) broadcast.append({ text })
  expect(frames).toHaveLength(2)
  room = 10
  broadcast.catchUp(slow)
  broadcast.append({ text: "e" })
  expect(frames.slice(2)).toEqual([
    { type: "snapshot", runId: "r", messageId: "m", seq: 4, text: "abcd", reasoning: "" },
    { type: "delta", runId: "r", seq: 5, text: "e" },
  ])
})
