import { afterAll, beforeAll, expect, test } from "bun:test"
import { conversations, messages } from "@nio/db"
import { newMessage } from "@nio/server/core/chat/new-message"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

eachDatabase("conversations", (open) => {
  let server: TestServer
  let mine: Browser
  let theirs: Browser
  let userId: string
  const ids: string[] = []

  beforeAll(async () => {
    server = await startServer((await open()).db)
    const [me, other] = [await server.addUser(0), await server.addUser(0)]
    userId = me.actor.userId
    mine = await signIn(server.url, me.actor.name)
    theirs = await signIn(server.url, other.actor.name)
    for (const [index, title] of titles.entries()) ids.push(await add(title, Math.floor(index / 2)))
  })
  afterAll(() => server?.close())

  const titles = [
    "100% sure",
    "1000 sure",
    "snake_case",
    "snakeXcase",
    "Bang!",
    "猫と犬",
    "🦄 party",
  ]

  async function add(title: string, updatedAt: number) {
    const id = server.deps.newId()
    const row = { id, userId, title, model: "m", leafId: null, createdAt: 0, updatedAt }
    await conversations.insert(server.deps.db, row)
    return id
  }

  async function page(search?: string) {
    const found: string[] = []
    let cursor: string | undefined
    do {
      const input = { limit: 2, ...(search && { search }), ...(cursor && { cursor }) }
      const { items, next } = await mine.query("conversation.list", input)
      found.push(...items.map(({ title }: { title: string }) => title))
      cursor = next ?? undefined
    } while (cursor)
    return found
  }

  test("pages show each one once, the last used first, also those of one moment", async () => {
    expect(await page()).toEqual(titles.toReversed())
  })

  test.each([
    ["100%", ["100% sure"]],
    ["snake_", ["snake_case"]],
    ["ng!", ["Bang!"]],
    ["猫", ["猫と犬"]],
    ["🦄", ["🦄 party"]],
    ["nothing", []],
  ])("searching for %p takes it literally", async (search, expected) => {
    expect(await page(search)).toEqual(expected)
  })

  test("a cursor that nobody gave out is refused", async () => {
    const call = mine.query("conversation.list", { limit: 2, cursor: "' or 1=1" })
    expect(await mine.failure(call)).toMatchObject({ code: "input.invalid" })
  })

  test("somebody else's conversation does not exist, whatever one wants of it", async () => {
    const [id = ""] = ids
    const calls = [
      theirs.query("conversation.get", { id }),
      theirs.mutate("conversation.rename", { id, title: "mine now" }),
      theirs.mutate("conversation.select", { id, leafId: "x" }),
      theirs.mutate("conversation.delete", { id }),
    ]
    for (const call of calls)
      expect(await theirs.failure(call)).toMatchObject({
        status: 404,
        code: "conversation.not-found",
      })
    expect((await mine.query("conversation.get", { id })).conversation.title).toBe("100% sure")
  })

  test("renaming changes the title and not the order", async () => {
    const [id = ""] = ids
    await mine.mutate("conversation.rename", { id, title: "  Renamed 🦊 " })
    expect((await page()).at(-1)).toBe("Renamed 🦊")
    const blank = mine.mutate("conversation.rename", { id, title: "  " })
    expect(await mine.failure(blank)).toMatchObject({ code: "input.invalid" })
  })

  test("the shown path is remembered, and only one of this conversation", async () => {
    const [one = "", other = ""] = ids
    const { deps } = server
    const message = newMessage(deps, { conversationId: one, parentId: null, role: "user" })
    await messages.insert(deps.db, message)
    await mine.mutate("conversation.select", { id: one, leafId: message.id })
    expect((await mine.query("conversation.get", { id: one })).conversation.leafId).toBe(message.id)
    const elsewhere = mine.mutate("conversation.select", { id: other, leafId: message.id })
    expect(await mine.failure(elsewhere)).toMatchObject({ status: 404, code: "message.not-found" })
  })

  test("deleting takes the messages along", async () => {
    const id = await add("to be deleted", 0)
    const { deps } = server
    await messages.insert(
      deps.db,
      newMessage(deps, { conversationId: id, parentId: null, role: "user" }),
    )
    await mine.mutate("conversation.delete", { id })
    expect(await messages.list(deps.db, id)).toEqual([])
    const again = mine.mutate("conversation.delete", { id })
    expect(await mine.failure(again)).toMatchObject({ code: "conversation.not-found" })
  })
})
