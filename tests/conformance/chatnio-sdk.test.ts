import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import * as chatnio from "chatnio"
import { type ChatServer, startChat } from "../support/chat-server.ts"
import { eachDatabase } from "../support/databases.ts"

/** Two points per thousand tokens; the upstream counts seven in and two out. */
const charge = 0.018

eachDatabase("the npm package chatnio, as it is", (open) => {
  let chat: ChatServer
  let key: string

  beforeAll(async () => {
    chat = await startChat((await open()).db)
    await chat.server.setPrice({ models: ["dear"], type: "per-request", input: 0, output: 5e12 })
    await chat.server.addChannel({ baseUrl: chat.upstream.url, models: ["dear"] })
  })
  afterAll(() => chat?.close())

  describe.each([
    ["below /api", "/api"],
    ["at the root", ""],
  ])("%s", (_, place) => {
    beforeAll(async () => {
      const user = await chat.server.addUser(100)
      key = user.key
      chatnio.setEndpoint(chat.server.url + place)
      chatnio.setKey(key)
    })
    // What the clients may ask for in a second is little.
    beforeEach(() => Bun.sleep(1_000))

    test("asks, streams, and leaves conversations that are listed, loaded and deleted", async () => {
      const talk = connect()
      const first = await talk.ask({ message: "What is up?", model: "m" })
      expect(first).toEqual({ message: "Hello there", keyword: "", quota: charge })

      const frames = await new Promise<Frame[]>((resolve) => {
        const heard: Frame[] = []
        talk.askStream({ message: "And now?", model: "m" }, (frame) => {
          heard.push(frame as Frame)
          if (frame.end) resolve(heard)
        })
      })
      expect(frames.map(({ message }) => message).join("")).toBe("Hello there")
      expect(frames.filter(({ end }) => end)).toHaveLength(1)
      expect(frames[0]).toMatchObject({ conversation: 1, message: "", end: false, keyword: "" })
      expect(frames.at(-1)).toMatchObject({ conversation: 0, end: true, plan: false, message: "" })
      disconnect(talk)

      const list = await chatnio.getConversations()
      expect(list).toEqual([expect.objectContaining({ id: 1, name: "What is up?" })])
      const loaded = await chatnio.getConversation("1")
      expect(loaded.message?.map(({ role, message }) => [role, message])).toEqual([
        ["user", "What is up?"],
        ["assistant", "Hello there"],
        ["user", "And now?"],
        ["assistant", "Hello there"],
      ])
      const deleted: unknown = await chatnio.deleteConversation("1")
      expect(deleted).toBe(true)
      expect(await chatnio.getConversations()).toEqual([])
    })

    test("goes on with a conversation by its number", async () => {
      const talk = connect()
      await talk.ask({ message: "Remember seven.", model: "m" })
      disconnect(talk)
      const number = Number((await chatnio.getConversations())[0]?.id)
      const again = connect(number)
      await again.ask({ message: "Which number?", model: "m" })
      disconnect(again)
      expect(chat.upstream.requests.at(-1)?.text).toContain("Remember seven.")
      expect((await chatnio.getConversation(String(number))).message).toHaveLength(4)
    })

    test("is told in the known words when points are too few", async () => {
      const talk = connect()
      const answer = await talk.ask({ message: "hi", model: "dear" })
      expect(answer).toEqual({
        message: expect.stringMatching(
          /^user quota is not enough error \(model: dear, minimum quota: 5000000\.00, your quota: 99\.\d\d\)$/,
        ),
        keyword: "",
        quota: 0,
      })
      disconnect(talk)
    })

    test("reads the quota, and is told that points cannot be bought here", async () => {
      expect(await chatnio.getQuota()).toBeCloseTo(100 - 4 * charge, 6)
      expect(await buyQuota(10)).toBe(false)
      expect(await chatnio.getPackage()).toBeNull()
    })

    test("reads the subscription, and is told when a plan is not offered", async () => {
      expect(await chatnio.getSubscription()).toMatchObject({ is_subscribed: false, expired: 0 })
      expect(await buySubscription(1, 1)).toBe(false)
    })

    test("without a key it is a stranger, who has nothing and may not chat with what costs", async () => {
      signOut()
      expect(chatnio.getQuota()).rejects.toThrow("Failed to get quota")
      const talk = connect()
      const answer = await talk.ask({ message: "hi", model: "m" })
      expect(answer.message).toBe("not authenticated error (model: m)")
      disconnect(talk)
      chatnio.setKey(key)
    })
  })
})

type Frame = { conversation: number; message: string; end: boolean; keyword: string; quota: number }

/** Its types leave out some of what there is. */
const { client, buyQuota, buySubscription } = chatnio as unknown as {
  client: { defaults: { headers: Record<string, string> } }
  buyQuota: (quota: number) => Promise<boolean>
  buySubscription: (level: number, months: number) => Promise<boolean>
}
function signOut() {
  delete client.defaults.headers.Authorization
}

const connect = (id = -1) => new chatnio.Chat(id)

/** By itself it connects again after three seconds, for ever. */
function disconnect(talk: chatnio.Chat) {
  const { connection } = talk as unknown as { connection: WebSocket }
  connection.onclose = null
  talk.close()
}
