import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { scriptedOpenAi } from "@nio/adapters/testing"
import type { Actor } from "@nio/server/core/actor"
import { findByNumber } from "@nio/server/core/chat/conversation-numbers"
import { readPath } from "@nio/server/core/chat/read-path"
import { signIn } from "../support/browser.ts"
import { type ChatServer, endless, quickly, startChat } from "../support/chat-server.ts"
import { openOldSocket } from "../support/compat.ts"
import { eachDatabase } from "../support/databases.ts"

eachDatabase("the chat socket of old clients", (open) => {
  let chat: ChatServer
  let actor: Actor
  let key: string

  beforeAll(async () => {
    chat = await startChat((await open()).db)
    const free = { type: "free", input: 0, output: 0, anonymous: true } as const
    await chat.server.setPrice({ ...free, models: ["open"] })
    await chat.server.setPrice({ models: ["nowhere"] })
    await chat.server.addChannel({ baseUrl: chat.upstream.url, models: ["open", "unpriced"] })
  })
  beforeEach(async () => {
    chat.upstream.answerWith(quickly)
    const user = await chat.server.addUser(100)
    actor = user.actor
    key = user.key
    // Five sockets may be opened in a second.
    await Bun.sleep(400)
  })
  afterAll(() => chat?.close())

  const connect = (hello: object = {}) =>
    openOldSocket(chat.server.url, { token: key, id: -1, ...hello })
  const sent = () => JSON.parse(chat.upstream.requests.at(-1)?.text ?? "{}")
  const wordsSent = () => sent().messages.map(({ content }: any) => content)
  const pathOf = async (number: number) => {
    const { id } = await findByNumber(chat.server.deps, actor, number)
    return (await readPath(chat.server.deps, actor, id)).map(({ text }) => text)
  }

  describe("a turn", () => {
    test("begins with the conversation's number, and ends once", async () => {
      const socket = await connect()
      const { text, conversation, end } = await socket.ask("hi")
      expect({ text, conversation }).toEqual({ text: "Hello there", conversation: 1 })
      expect(end).toEqual({
        conversation: 0,
        quota: 0.018,
        keyword: "",
        message: "",
        end: true,
        plan: false,
      })
      expect(socket.frames.filter((frame) => frame.end)).toHaveLength(1)
      socket.close()
    })

    test("is seen in the web app while it lasts", async () => {
      chat.upstream.answerWith(endless)
      const browser = await signIn(chat.server.url, actor.name)
      const socket = await connect()
      socket.send({ message: "go on for ever", model: "m" })
      await socket.until(({ message }) => message !== "")
      const { items } = await browser.query("conversation.list", { limit: 10 })
      const web = await browser.socket()
      web.send({ type: "follow", conversationId: items[0].id, runId: null, after: 0 })
      await web.next("snapshot")
      await web.next("delta")
      socket.send({ type: "stop" })
      expect((await web.next("done")).message.state).toBe("stopped")
      await socket.turn()
      socket.close()
      web.close()
    })

    test("that is stopped ends once, and what was said is charged", async () => {
      chat.upstream.answerWith(endless)
      const socket = await connect()
      socket.send({ message: "go on for ever", model: "m" })
      await socket.until(({ message }) => message !== "")
      socket.send({ type: "stop" })
      const { end } = await socket.turn()
      expect(end.quota).toBeGreaterThan(0)
      chat.upstream.answerWith(quickly)
      expect((await socket.ask("and now?")).text).toBe("Hello there")
      expect(socket.frames.filter((frame) => frame.end)).toHaveLength(2)
      socket.close()
    })

    test("passes on how the model is to write, and how much it is shown", async () => {
      const socket = await connect()
      await socket.ask("one")
      await socket.ask("two", { temperature: 0.5, top_p: 0.9, max_tokens: 77, context: 2 })
      expect(sent()).toMatchObject({ temperature: 0.5, top_p: 0.9, max_tokens: 77 })
      expect(wordsSent()).toEqual(["two"])
      await socket.ask("three", { context: 4, presence_penalty: 0.1, frequency_penalty: 0.2 })
      expect(sent()).toMatchObject({ presence_penalty: 0.1, frequency_penalty: 0.2 })
      expect(wordsSent()).toEqual(["two", "Hello there", "three"])
      await socket.ask("four", { ignore_context: true })
      expect(wordsSent()).toEqual(["four"])
      socket.close()
    })

    test.each([
      ["unpriced", "the price of the model is not set (model: unpriced)"],
      ["nowhere", "cannot find channel for model nowhere"],
    ])("with %s ends in the known words", async (model, text) => {
      const socket = await connect()
      const { end } = await socket.ask("hi", { model })
      expect(end).toMatchObject({ message: text, end: true, quota: 0 })
      socket.close()
    })

    test("whose answer is empty says so", async () => {
      chat.upstream.answerWith(scriptedOpenAi({ chunks: [""], usage: { input: 1, output: 0 } }))
      const socket = await connect()
      const { end } = await socket.ask("hi")
      expect(end.end).toBe(true)
      expect(end.message).not.toBe("")
      socket.close()
    })
  })

  describe("messages by their place", () => {
    test("are edited and removed on the path that is seen, and what they said is kept", async () => {
      const socket = await connect()
      await socket.ask("one")
      await socket.ask("two")
      socket.send({ type: "edit", message: "0:one: anew", model: "event" })
      socket.send({ type: "remove", message: "1" })
      await socket.ask("three")
      expect(await pathOf(1)).toEqual(["one: anew", "two", "Hello there", "three", "Hello there"])
      const { id } = await findByNumber(chat.server.deps, actor, 1)
      const browser = await signIn(chat.server.url, actor.name)
      const { messages } = await browser.query("conversation.get", { id })
      expect(messages.map(({ text }: any) => text)).toContain("one")
      socket.close()
    })

    test("another answer to the last question stands in place of the first", async () => {
      const socket = await connect()
      await socket.ask("one")
      chat.upstream.answerWith(scriptedOpenAi({ chunks: ["Anew"] }))
      socket.send({ type: "restart", model: "m" })
      expect((await socket.turn()).text).toBe("Anew")
      expect(await pathOf(1)).toEqual(["one", "Anew"])
      socket.send({ type: "remove", message: "1" })
      socket.send({ type: "restart", model: "m" })
      await socket.turn()
      expect(await pathOf(1)).toEqual(["one", "Anew"])
      socket.close()
    })

    test("removing while an answer is written stops it first", async () => {
      chat.upstream.answerWith(endless)
      const socket = await connect()
      socket.send({ message: "one", model: "m" })
      await socket.until(({ message }) => message !== "")
      socket.send({ type: "remove", message: "1" })
      await socket.turn()
      chat.upstream.answerWith(quickly)
      await socket.ask("two")
      expect(await pathOf(1)).toEqual(["one", "two", "Hello there"])
      socket.close()
    })

    test("R5: what makes no sense changes nothing, and the socket goes on", async () => {
      const socket = await connect()
      await socket.ask("one")
      for (const message of ["x", "99", "-1", "", "1e3", "9999999999999"])
        socket.send({ type: "remove", message })
      for (const message of ["0", "x:y", ":", "77:late"]) socket.send({ type: "edit", message })
      socket.send({ type: "mask", message: "{" })
      socket.send({ type: "share", message: "../../etc" })
      socket.send({ type: "something-new", message: 7, extra: {} })
      socket.send('{"type":"ping"}')
      socket.send("no JSON")
      socket.send("[]")
      expect((await socket.ask("two")).text).toBe("Hello there")
      expect(await pathOf(1)).toEqual(["one", "Hello there", "two", "Hello there"])
      socket.close()
    })
  })
})
