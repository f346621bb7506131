import { afterAll, afterEach, beforeAll, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { setSetting } from "@nio/server/core/live/set-setting"
import { question } from "../support/browser.ts"
import { type ChatServer, startChat } from "../support/chat-server.ts"
import { eachDatabase } from "../support/databases.ts"

eachDatabase("how an answer in a conversation is found", (open) => {
  let chat: ChatServer
  let search: SimulatedUpstream

  beforeAll(async () => {
    chat = await startChat((await open()).db)
    const results = [{ title: "Rayleigh", href: "https://a.test", body: "scatters" }]
    search = await simulate({ body: JSON.stringify({ results }) })
    const { deps, admin } = chat.server
    await setSetting(deps, admin, { key: "search.endpoint", value: search.url })
  })
  afterEach(() => chat.server.deps.underway.drained(5_000))
  afterAll(async () => {
    await chat?.close()
    await search?.close()
  })

  const systemsOf = (index: number) =>
    chat.upstream.requests
      .at(index)
      ?.body.messages.filter(({ role }: { role: string }) => role === "system")

  test("the web is searched when somebody wants it, and what was found is not part of the conversation", async () => {
    const socket = await chat.browser.socket()
    socket.send(question({ text: "Why blue?", web: true }))
    const { conversationId } = await socket.next("accepted")
    await socket.next("done")
    expect(search.requests[0]?.path).toBe("/search?q=Why+blue%3F&max_results=5")
    expect(systemsOf(-1)[0].content).toContain("Rayleigh (https://a.test): scatters")

    const { messages } = await chat.browser.query("conversation.get", { id: conversationId })
    expect(messages).toHaveLength(2)
    expect(JSON.stringify(messages)).not.toContain("Rayleigh")
    socket.send(question({ conversationId, parentId: messages[1].id, text: "And green?" }))
    await socket.next("done")
    expect(search.requests).toHaveLength(1)
    expect(systemsOf(-1)).toEqual([])
    socket.close()
  })

  test("an answer may come from memory, but asking for another one brings another one", async () => {
    const { deps, admin } = chat.server
    await setSetting(deps, admin, { key: "cache.models", value: ["m"] })
    const socket = await chat.browser.socket()
    const textOf = async () => (await socket.next("done")).message.text
    const says = (text: string) => chat.upstream.answerWith(scriptedOpenAi({ chunks: [text] }))

    says("first")
    socket.send(question({ text: "Say something." }))
    expect(await textOf()).toBe("first")
    await deps.underway.drained(5_000)
    says("second")
    socket.send(question({ text: "Say something." }))
    const { answer } = await socket.next("accepted")
    expect(await textOf()).toBe("first")

    socket.send({ type: "regenerate", requestId: "again", messageId: answer.id, model: "m" })
    expect(await textOf()).toBe("second")
    await deps.underway.drained(5_000)
    socket.send(question({ text: "Say something." }))
    expect(await textOf()).toBe("second")
    await setSetting(deps, admin, { key: "cache.models", value: [] })
    socket.close()
  })
})
