import { afterAll, beforeAll, expect, test } from "bun:test"
import { audit } from "@nio/db"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

eachDatabase("the audit log", (open) => {
  let server: TestServer
  let admin: Browser

  beforeAll(async () => {
    server = await startServer((await open()).db)
    admin = await signInAdmin(server, "Operator")
  })
  afterAll(() => server.close())

  const list = (own: object = {}) => admin.query("audit.list", { limit: 50, ...own })
  const save = (key: string, value: unknown) =>
    admin.mutate("setting.save", { changes: [{ key, value }] })

  test("says who did what to what, and how it was before and after", async () => {
    await save("site.title", "First")
    await save("site.title", "Second")
    const [line] = (await list()).items
    expect(line).toMatchObject({
      actor: "Operator",
      act: "setting.set",
      targetId: "site.title",
      before: "First",
      after: "Second",
    })
  })

  test("calls users and channels by their names, also those that are gone", async () => {
    const id = await server.addChannel({ baseUrl: "https://upstream.test", name: "to be gone" })
    expect((await list({ act: "channel.create" })).items[0].target).toBe("to be gone")
    await admin.mutate("channel.delete", { id })
    expect((await list({ act: "channel.delete" })).items[0].target).toBe("to be gone")
  })

  test("is filtered by act, by a part of who, and by when", async () => {
    const other = await signInAdmin(server, "Deputy 100%")
    await other.mutate("setting.save", { changes: [{ key: "site.contact", value: "hello" }] })
    const by = (await list({ actor: "DEPUTY" })).items
    expect(by).toMatchObject([{ actor: "Deputy 100%", targetId: "site.contact" }])
    expect((await list({ actor: "0%" })).items).toHaveLength(1)
    expect((await list({ actor: "%" })).items).toHaveLength(1)
    expect((await list({ act: "nothing.done" })).items).toEqual([])
    const { at } = by[0]
    expect((await list({ from: at, until: at + 1, actor: "deputy" })).items).toHaveLength(1)
    expect((await list({ from: at + 1 })).items.map(({ at }: { at: number }) => at)).not.toContain(
      at,
    )
    expect(await admin.query("audit.acts")).toEqual(
      expect.arrayContaining(["channel.create", "channel.delete", "setting.set"]),
    )
  })

  test("comes in pages that neither repeat nor miss a line", async () => {
    for (let number = 0; number < 7; number++)
      await audit.insertAudit(server.deps.db, {
        id: server.deps.newId(),
        at: Date.now(),
        actorId: server.deps.newId(),
        act: "paged.act",
        targetId: String(number),
        before: null,
        after: number,
      })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ act: "paged.act", limit: 3, ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ targetId }: { targetId: string }) => targetId))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(["6", "5", "4", "3", "2", "1", "0"])
  })

  test("is for administrators alone", async () => {
    const { actor } = await server.addUser(0)
    const member = await signIn(server.url, actor.name)
    for (const call of [member.query("audit.list", { limit: 5 }), member.query("audit.acts")])
      expect(await member.failure(call)).toMatchObject({ status: 403, code: "auth.forbidden" })
  })
})
