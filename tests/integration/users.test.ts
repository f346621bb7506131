import { afterAll, beforeAll, expect, test } from "bun:test"
import { createUser } from "@nio/server/core/user/create-user"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

eachDatabase("users", (open) => {
  let server: TestServer
  let admin: Browser
  let userId: string
  let person: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db)
    admin = await signInAdmin(server, "boss")
    const { actor } = await server.addUser(0)
    userId = actor.userId
    person = await signIn(server.url, actor.name)
    for (const name of ["a%b", "a_b", "aXb", "猫"]) await makeUser(name)
  })
  afterAll(() => server?.close())

  const makeUser = (name: string) =>
    createUser(server.deps, { name, password: "x".repeat(9), role: "user", passwordExpired: false })

  const top = (own: object = {}) =>
    admin.mutate("user.addPoints", {
      userId,
      points: 12.5,
      reason: "paid by transfer",
      requestId: "one",
      ...own,
    })

  test("a top-up happens once, however often it is sent, and stays in the books with its reason", async () => {
    const answers = await Promise.all([top(), top(), top()])
    const balance = { available: 12_500_000, held: 0 }
    expect(answers).toEqual([balance, balance, balance])
    expect(await person.query("account.balance")).toEqual({ available: 12_500_000, held: 0 })
    const { orm, t } = server.deps.db
    const transfers = await orm.select().from(t.transfers)
    expect(transfers).toMatchObject([{ toId: userId, reason: "paid by transfer" }])
    const audited = await orm.select().from(t.auditLog)
    expect(audited.filter(({ act }) => act === "user.add-points")).toHaveLength(1)
    expect(await top({ requestId: "two", points: 0.000001 })).toMatchObject({
      available: 12_500_001,
    })
  })

  test.each([
    ["nothing", { points: 0 }],
    ["less than nothing", { points: -5 }],
    ["more than can be counted", { points: 1e10 }],
    ["less than can be counted", { points: 0.0000001 }],
    ["no number", { points: "5" }],
    ["no reason", { reason: " " }],
  ])("%s is refused", async (_, own) => {
    const failed = await admin.failure(top({ requestId: "bad", ...own }))
    expect(failed).toMatchObject({ status: 400, code: "input.invalid" })
  })

  test("nobody is topped up who is not there", async () => {
    const failed = await admin.failure(top({ userId: "x", requestId: "x" }))
    expect(failed).toMatchObject({ status: 404, code: "user.not-found" })
  })

  test("the list pages through everybody once, the newest first, with their points", async () => {
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await admin.query("user.list", { limit: 2, ...(cursor && { cursor }) })
      names.push(...page.items.map((one: { name: string }) => one.name))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(names).toEqual(["猫", "aXb", "a_b", "a%b", "user-1", "boss"])
    const { items } = await admin.query("user.list", { limit: 10, search: "user-1" })
    expect(items).toMatchObject([{ id: userId, role: "user", available: 12_500_001, held: 0 }])
    expect(JSON.stringify(items)).not.toContain("argon2")
  })

  test.each([
    ["a%", ["a%b"]],
    ["A_B", ["a_b"]],
    ["猫", ["猫"]],
  ])("searching for %p takes it literally", async (search, expected) => {
    const { items } = await admin.query("user.list", { limit: 10, search })
    expect(items.map((one: { name: string }) => one.name)).toEqual(expected)
  })

  test("two people cannot differ by case alone", async () => {
    expect(await makeUser("AXB")).toBeUndefined()
  })
})
