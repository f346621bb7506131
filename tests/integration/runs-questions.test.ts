import { afterAll, beforeAll, expect, test } from "bun:test"
import type { SimulatedUpstream } from "@nio/adapters/testing"
import { type Browser, question } from "../support/browser.ts"
import { type ChatServer, quickly, startChat } from "../support/chat-server.ts"
import { eachDatabase } from "../support/databases.ts"
import type { TestServer } from "../support/relay.ts"

eachDatabase("what is asked", (open) => {
  let chat: ChatServer
  let server: TestServer
  let upstream: SimulatedUpstream
  let browser: Browser

  beforeAll(async () => {
    chat = await startChat((await open()).db)
    ;({ server, upstream, browser } = chat)
  })
  afterAll(() => chat?.close())

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
