import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { identity } from "@nio/db"
import type { Actor } from "@nio/server/core/actor"
import { findByNumber, listByNumber } from "@nio/server/core/chat/conversation-numbers"
import { deleteConversation } from "@nio/server/core/chat/delete-conversation"
import { readPath } from "@nio/server/core/chat/read-path"
import { forgetActors } from "@nio/server/core/identity/actor-cache"
import { revokeApiKey } from "@nio/server/core/identity/revoke-api-key"
import { signIn as beginSession } from "@nio/server/core/identity/sign-in"
import { shareConversation } from "@nio/server/core/share/share-conversation"
import { testPassword } from "../support/browser.ts"
import { type ChatServer, quickly, startChat } from "../support/chat-server.ts"
import { openOldSocket } from "../support/compat.ts"
import { eachDatabase } from "../support/databases.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

eachDatabase("who opens the chat socket of old clients, and on what", (open) => {
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

  describe("what a conversation begins with", () => {
    const mask = JSON.stringify([
      { role: "system", content: "You are a cat." },
      { role: "user", content: "Are you?" },
      { role: "assistant", content: "Meow." },
    ])

    test("is a mask, before a new conversation as in front of another", async () => {
      const socket = await connect()
      socket.send({ type: "mask", message: mask })
      await socket.ask("Really?")
      expect(wordsSent()).toEqual(["You are a cat.", "Are you?", "Meow.", "Really?"])
      socket.send({ type: "mask", message: JSON.stringify([{ role: "system", content: "Top." }]) })
      await socket.ask("Still?")
      expect((await pathOf(1)).slice(0, 3)).toEqual(["Top.", "You are a cat.", "Are you?"])
      const [only] = await listByNumber(chat.server.deps, actor)
      expect(only).toEqual({ number: 1, title: "Really?" })
      socket.close()
    })

    test("is what somebody shared, by its name", async () => {
      const first = await connect()
      await first.ask("A secret of mine")
      first.close()
      const { id: conversationId } = await findByNumber(chat.server.deps, actor, 1)
      const { id: ref } = await shareConversation(chat.server.deps, actor, { conversationId })
      const other = await chat.server.addUser(100)
      const socket = await openOldSocket(chat.server.url, { token: other.key, id: -1, ref })
      await socket.ask("Tell me more")
      expect(wordsSent()).toEqual(["A secret of mine", "Hello there", "Tell me more"])
      expect(await listByNumber(chat.server.deps, other.actor)).toEqual([
        { number: 1, title: "A secret of mine" },
      ])
      socket.close()
    })
  })

  describe("conversations", () => {
    test("R2: two that begin at once have different numbers, and none is given twice", async () => {
      const sockets = [await connect(), await connect()]
      const turns = await Promise.all(sockets.map((socket) => socket.ask("at once")))
      expect(turns.map(({ conversation }) => conversation).toSorted()).toEqual([1, 2])
      const { id } = await findByNumber(chat.server.deps, actor, 2)
      await deleteConversation(chat.server.deps, actor, id)
      const third = await connect()
      expect((await third.ask("later")).conversation).toBe(3)
      for (const socket of [...sockets, third]) socket.close()
    })

    test("go on by their number; somebody else's number begins a new one", async () => {
      const first = await connect()
      await first.ask("mine")
      first.close()
      const again = await connect({ id: 1 })
      expect((await again.ask("on")).conversation).toBe(1)
      again.close()
      const other = await chat.server.addUser(100)
      const stranger = await openOldSocket(chat.server.url, { token: other.key, id: 1 })
      await stranger.ask("whose?")
      expect(wordsSent()).toEqual(["whose?"])
      stranger.close()
    })
  })

  describe("who is behind it", () => {
    test("a visitor chats with what is open, and the conversation is not kept", async () => {
      const socket = await connect({ token: "anonymous" })
      const first = await socket.ask("one", { model: "open" })
      expect(first).toMatchObject({ text: "Hello there", conversation: -1, end: { quota: 0 } })
      await socket.ask("two", { model: "open" })
      expect(wordsSent()).toEqual(["one", "Hello there", "two"])
      expect((await socket.ask("three")).end.message).toBe("not authenticated error (model: m)")
      socket.close()
    })

    test("B2: neither a made-up token nor a key of a megabyte is anybody", async () => {
      const none = "e30.eyJ1c2VybmFtZSI6InJvb3QifQ."
      const socket = await connect({ token: none })
      expect((await socket.ask("hi")).end.message).toBe("not authenticated error (model: m)")
      socket.close()
      const long = await connect({ token: `sk-${"a".repeat(1_000_000)}` })
      const { end } = await long.ask("hi", { model: "open" })
      expect(end.message).toBe("Access denied. Please provide correct api key.")
      long.close()
    })

    test("a first frame that is none closes the socket", async () => {
      const socket = await openOldSocket(chat.server.url, "hello?")
      expect((await socket.closed).code).toBe(4401)
    })

    test("a revoked key, an ended session and a ban end the socket within three seconds", async () => {
      const { deps } = chat.server
      const byKey = await connect({ token: `Bearer ${key}` })
      const visit = { address: "", userAgent: "", kind: "token" } as const
      const { token } = await beginSession(deps, {
        name: actor.name,
        password: testPassword,
        ...visit,
      })
      const byToken = await connect({ token })
      await byKey.ask("one")
      await byToken.ask("two")
      const banned = await chat.server.addUser(100)
      const byBanned = await openOldSocket(chat.server.url, { token: banned.key, id: -1 })
      await byBanned.ask("three")
      const boss = await signInAdmin(chat.server, "boss")
      const began = performance.now()
      const { keyId } = (await identity.findActorByKey(deps.db, hashed(key))) ?? {}
      await revokeApiKey(deps, actor, keyId ?? "")
      await identity.deleteSessionsOf(deps.db, actor.userId)
      const { userId } = banned.actor
      await boss.mutate("user.ban", { userId, banned: true, reason: "test" })
      expect((await byBanned.closed).code).toBe(4401)
      await forgetActors(deps)
      expect((await byKey.closed).code).toBe(4401)
      expect((await byToken.closed).code).toBe(4401)
      expect(performance.now() - began).toBeLessThan(3_000)
    })
  })
})

const hashed = (text: string) => new Bun.CryptoHasher("sha256").update(text).digest("hex")
