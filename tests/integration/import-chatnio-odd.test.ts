import { afterAll, expect, setDefaultTimeout, test } from "bun:test"
import { codes, users } from "@nio/db"
import { redeemCode } from "@nio/server/core/code/redeem-code"
import { rootName } from "@nio/server/core/identity/ensure-root"
import { createUser } from "@nio/server/core/user/create-user"
import { signIn } from "../support/browser.ts"
import { eachDatabase, mysqlUrl } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { disagreements, everything, importSite } from "../support/former-import.ts"
import { type FormerDatabase, formerDatabase } from "../support/former-site.ts"
import { generateFormerSite } from "../support/generate-former-site.ts"
import { startServer } from "../support/relay.ts"
import { skipSuite } from "../support/skip-suite.ts"

/** Each makes several databases. */
setDefaultTimeout(60_000)

const name = "a Chat Nio site with a past"
if (mysqlUrl) eachDatabase(name, suite)
else skipSuite(name, "TEST_MYSQL_URL is not set")

function suite(open: Parameters<Parameters<typeof eachDatabase>[1]>[0]) {
  const former: FormerDatabase[] = []
  afterAll(async () => {
    for (const one of former) await one.remove()
  })
  async function site(...statements: string[]) {
    const database = await formerDatabase()
    former.push(database)
    for (const statement of statements) await database.query(statement)
    return database
  }
  const person = (id: number, username: string, rest = "null") =>
    `insert into auth (id, username, email, token, password)
      values (${id}, ${username}, ${rest}, '', sha2('secret words', 256))`
  const chat = (text: string) =>
    JSON.stringify(
      text.split(" ").map((word, at) => ({ role: at % 2 ? "assistant" : "user", content: word })),
    )

  test("debts, riches, balances of nobody and doubled names are told, and every sum agrees", async () => {
    const { url } = await site(
      "alter table auth drop index username, drop index email",
      person(1, "'ann'", "'Ann@example.test'"),
      person(2, "'ANN '", "'ann@example.test'"),
      person(3, "null", "'no address'"),
      `insert into quota (user_id, quota, used) values (1, -0.000001, 3), (2, 0.1, 0.2),
        (3, 99999999999.5, 0), (77, 4.25, 0)`,
    )
    const { db } = await open()
    const deps = await testDeps(db)
    const outcome = await importSite(deps, { url })
    expect(disagreements(outcome)).toEqual([])
    const { debts, left } = outcome.tally.money
    expect([debts, left]).toEqual([-1n, 99_999_999_999_500_000n + 4_250_000n])
    const names = await db.orm.select().from(db.t.users)
    expect(names.map((user) => [user.name, user.email, user.number]).toSorted()).toEqual([
      ["ANN-2", null, 2],
      ["ann", "Ann@example.test", 1],
      ["user-3", null, 3],
    ])
    const [, second] = names.toSorted((a, b) => a.number! - b.number!)
    expect(await deps.ledger.available(second!.id)).toBe(100_000)
    expect(
      outcome.report.filter(({ kind }) => kind === "quota").map(({ reason }) => reason),
    ).toEqual(["", "", "too-large", "owner-unknown"])
    await deps.close()
  })

  test("of a schema from the beginning, what there is comes", async () => {
    const { url } = await site(
      "drop table mask, sharing, apikey, invitation, redeem, broadcast, package",
      "alter table auth drop column email, drop column is_admin, drop column is_banned",
      "alter table conversation drop column model, drop column task_id, modify data text",
      "alter table subscription drop column level, drop column enterprise",
      "alter table quota modify quota decimal(10,4), modify used decimal(10,4)",
      "insert into auth (id, username, token, password) values (1, 'old', '', sha2('x', 256))",
      "insert into quota (user_id, quota, used) values (1, 12.3456, 1)",
      `insert into conversation (user_id, conversation_id, conversation_name, data)
        values (1, 1, 'first', '${chat("hi there")}')`,
      "insert into subscription (user_id, expired_at) values (1, '2030-01-01 00:00:00')",
    )
    const { db } = await open()
    const deps = await testDeps(db)
    expect(disagreements(await importSite(deps, { url }))).toEqual([])
    const old = (await users.findUserByName(db, "old"))!
    expect(old).toMatchObject({ role: "user", state: "active" })
    expect(await deps.ledger.available(old.id)).toBe(12_345_600)
    expect(await db.orm.select().from(db.t.subscriptions)).toMatchObject([{ level: 3 }])
    expect(await db.orm.select().from(db.t.conversations)).toMatchObject([
      { title: "first", model: "gpt-3.5-turbo-0613" },
    ])
    await deps.close()
  })

  test("root becomes our root, and a password that somebody chose here stays", async () => {
    const { url } = await site(
      person(1, "'root'"),
      "insert into quota (user_id, quota) values (1, 5)",
    )
    const { db } = await open()
    const deps = await testDeps(db)
    await createUser(deps, {
      name: rootName,
      password: "chosen with care",
      role: "admin",
      passwordExpired: false,
    })
    const before = await users.findUserByName(db, rootName)
    expect(disagreements(await importSite(deps, { url }))).toEqual([])
    expect(await users.findUserByName(db, rootName)).toEqual(before)
    expect(await deps.ledger.available(before!.id)).toBe(5_000_000)
    await deps.close()
  })

  test("the first password of our root gives way to the one it had there", async () => {
    const { url } = await site(person(1, "'root'"))
    const { db } = await open()
    const deps = await testDeps(db)
    await createUser(deps, {
      name: rootName,
      password: "chatnio123456",
      role: "admin",
      passwordExpired: true,
    })
    await importSite(deps, { url })
    const root = await users.findUserByName(db, rootName)
    expect(root).toMatchObject({ passwordExpired: false })
    expect(root?.passwordHash).toStartWith("sha256:")
    await deps.close()
  })

  test("a later import brings new chats, what was said since and which codes were used since", async () => {
    const database = await site(
      person(1, "'ann'"),
      "insert into quota (user_id, quota) values (1, 5)",
      `insert into conversation (user_id, conversation_id, conversation_name, data)
        values (1, 1, 'first', '${chat("one two")}')`,
      "insert into redeem (code, quota) values ('nio-abcdef', 7)",
    )
    const { db } = await open()
    const deps = await testDeps(db)
    await importSite(deps, { url: database.url })
    const [ann] = await db.orm.select().from(db.t.users)
    await database.query(`update conversation set data = '${chat("one two three four")}'`)
    await database.query(`insert into conversation (user_id, conversation_id, conversation_name, data)
      values (1, 2, 'second', '${chat("five six")}')`)
    await database.query("update redeem set used = 1")
    await database.query("update quota set quota = 4.5")
    const outcome = await importSite(deps, { url: database.url })
    expect(disagreements(outcome)).toEqual([])
    expect(outcome.tally.money.changed).toBe(-500_000n)
    expect(await deps.ledger.available(ann!.id)).toBe(5_000_000)

    const chats = await db.orm.select().from(db.t.conversations)
    expect(chats.map(({ title }) => title).toSorted()).toEqual(["first", "second"])
    const first = chats.find(({ title }) => title === "first")!
    const tree = await db.orm.select().from(db.t.messages)
    const end = tree.find(({ id }) => id === first.leafId)!
    expect(end.text).toBe("four")
    expect(tree.find(({ id }) => id === end.parentId)?.text).toBe("three")
    expect((await codes.findByKey(db, "nioabcdef"))?.usedAt).not.toBeNull()
    const actor = {
      userId: ann!.id,
      name: "ann",
      isAdmin: false,
      group: "normal",
      passwordExpired: false,
    } as const
    await expect(
      redeemCode(deps, actor, { code: "nio-abcdef", address: "192.0.2.1" }),
    ).rejects.toThrow("used")
    await deps.close()
  })

  test("the old password signs in once and is hashed anew, and the old key asks", async () => {
    const { url } = await site(
      person(1, "'ann'"),
      "insert into quota (user_id, quota) values (1, 5)",
      `insert into apikey (user_id, api_key) values (1, concat('sk-', sha2('k', 256)))`,
    )
    const { db } = await open()
    const server = await startServer(db)
    await importSite(server.deps, { url })
    const models = await fetch(`${server.url}/v1/models`, {
      headers: {
        authorization: `Bearer sk-${new Bun.CryptoHasher("sha256").update("k").digest("hex")}`,
      },
    })
    expect(models.status).toBe(200)

    await expect(signIn(server.url, "ann", "other words")).rejects.toThrow()
    await signIn(server.url, "ann", "secret words")
    expect((await users.findUserByName(db, "ann"))?.passwordHash).toStartWith("$argon2id$")
    await signIn(server.url, "ann", "secret words")
    await server.close()
  })

  test("of a generated site, cut off in the middle of its chats and begun again, nothing is doubled", async () => {
    const database = await site()
    await generateFormerSite(database, { users: 50, conversations: 2_000 })
    const now = () => Date.parse("2026-01-01T00:00:00Z")
    const whole = await open()
    const wholeDeps = await testDeps(whole.db, { now })
    expect(disagreements(await importSite(wholeDeps, { url: database.url }))).toEqual([])
    await wholeDeps.close()

    const { db } = await open()
    const deps = await testDeps(db, { now })
    let left = 17
    const progress = () => {
      if (left-- === 0) throw new Error("cut off")
    }
    await expect(importSite(deps, { url: database.url, progress })).rejects.toThrow("cut off")
    expect(disagreements(await importSite(deps, { url: database.url }))).toEqual([])
    expect(await everything(db)).toEqual(await everything(whole.db))
    await deps.close()
  })
}
