import { afterAll, expect, setDefaultTimeout, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { users } from "@nio/db"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { hashOf } from "@nio/server/core/identity/token"
import { readConfig } from "@nio/server/infra/read-config"
import { eachDatabase, mysqlUrl } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { disagreements, everything, importSite } from "../support/former-import.ts"
import { type FormerDatabase, formerDatabase } from "../support/former-site.ts"
import { hasImportFixtures, importFixtures } from "../support/import-fixtures.ts"
import { skipSuite } from "../support/skip-suite.ts"

/** Each makes several databases. */
setDefaultTimeout(60_000)

const name = "what a Chat Nio server left behind"
if (!mysqlUrl) skipSuite(name, "TEST_MYSQL_URL is not set")
else if (!hasImportFixtures) skipSuite(name, `there is no ${importFixtures}`)
else eachDatabase(name, suite)

function suite(open: Parameters<Parameters<typeof eachDatabase>[1]>[0]) {
  const former: FormerDatabase[] = []
  afterAll(async () => {
    for (const one of former) await one.remove()
  })

  async function site() {
    const database = await formerDatabase()
    former.push(database)
    await database.query(await readFile(join(importFixtures, "head-sample-data.sql"), "utf8"))
    return database
  }
  const config = () => readConfig(join(importFixtures, "head-config.yaml"))
  const counters = [
    { item: "gpt4", userId: "2", since: "2026-11-23:23:00:32", used: 2 },
    { item: "gpt4", userId: "4", since: "2026-01-01:00:00:00", used: 9 },
    { item: "gpt4", userId: "1", since: "2026-11-23:23:00:32", used: 1 },
  ]
  /** The day after the sample was made. */
  const now = () => Date.parse("2026-11-24T12:00:00Z")

  test("comes over whole, and every sum agrees", async () => {
    const { url } = await site()
    const { db } = await open()
    const deps = await testDeps(db, { now })
    const outcome = await importSite(deps, { url, config: await config(), counters })
    expect(disagreements(outcome)).toEqual([])
    expect(await verifyLedger(deps)).toEqual([])

    const alice = await users.findUserByName(db, "alice")
    expect(alice).toMatchObject({ role: "user", state: "active", email: "a@b.co", number: 2 })
    expect(alice?.passwordHash).toMatch(/^sha256:8d969eef/)
    expect(await users.findUserByName(db, "carl")).toMatchObject({ state: "banned", email: null })
    expect(await deps.ledger.available(alice!.id)).toBe(74_680_000)
    const spent = await db.rows<{ n: number }>(
      "select sum(amount) as n from transfers where from_id = ? and to_id = 'site:revenue'",
      [alice!.id],
    )
    expect(spent[0]!.n).toBe(640_384_000)
    await deps.close()
  })

  test("keys, plans, codes, chats, shares and presets are what they were", async () => {
    const { url } = await site()
    const { db } = await open()
    const deps = await testDeps(db, { now })
    await importSite(deps, { url, config: await config(), counters })
    const alice = (await users.findUserByName(db, "alice"))!
    const { orm, t } = db

    const keys = await orm.select().from(t.apiKeys)
    const hash = hashOf("sk-d54c44121109d840acf9f286229c8493e9632e031956f2d88015b2671c7d2a2e")
    expect(keys.find((key) => key.userId === alice.id)).toMatchObject({ hash, hint: "2a2e" })

    const plans = await orm.select().from(t.subscriptions)
    const since = Date.parse("2026-11-23T15:00:32Z")
    expect(plans.find((plan) => plan.userId === alice.id)).toMatchObject({
      ...{ level: 1, months: 7, startedAt: since },
      expiresAt: Date.parse("2027-06-23T15:00:32Z"),
    })
    expect(await orm.select().from(t.planCounters)).toEqual([
      { userId: alice.id, itemId: "gpt4", windowAt: since, used: 2 },
    ])

    const codes = await orm.select().from(t.codes)
    expect(codes).toHaveLength(35)
    expect(codes.filter(({ usedAt }) => usedAt === null)).toHaveLength(2)
    expect(await orm.select().from(t.giftClaims)).toMatchObject([{ type: "newyear" }])
    const batches = await orm.select().from(t.codeBatches)
    expect(batches.map(({ kind, type, count }) => [kind, type, count]).toSorted()).toEqual([
      ["gift", "gift", 2],
      ["gift", "newyear", 1],
      ["redeem", "", 2],
      ["redeem", "", 30],
    ])

    const chats = (await orm.select().from(t.conversations)).filter(
      ({ userId }) => userId === alice.id,
    )
    const renamed = chats.find(({ number }) => number === 1)!
    expect(renamed).toMatchObject({ title: "renamed", model: "gpt-4o" })
    const tree = (await orm.select().from(t.messages))
      .filter(({ conversationId }) => conversationId === renamed.id)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(tree.map(({ text }) => text)).toEqual(
      ["q1", "q2", "q3"].flatMap((q) => [q, "Hello world"]),
    )
    expect(tree.map(({ parentId }) => parentId)).toEqual([
      null,
      ...tree.slice(0, 5).map(({ id }) => id),
    ])
    expect(renamed.leafId).toBe(tree[5]!.id)

    const shares = await orm.select().from(t.shares)
    expect(shares).toMatchObject([{ id: "d515e526c375c0846289d6b8078ac911", title: "renamed" }])
    expect(shares[0]!.messages).toHaveLength(6)
    expect(await orm.select().from(t.presets)).toMatchObject([
      {
        ...{ number: 2, name: "Translator", avatar: "1f9d0" },
        messages: [
          { role: "system", text: "You translate." },
          { role: "user", text: "hello" },
        ],
      },
    ])
    expect(await orm.select().from(t.notices)).toHaveLength(2)
    expect(await orm.select().from(t.marketEntries)).toMatchObject([
      { model: "gpt-4o", entry: { highContext: true, tags: ["official", "vision"] } },
    ])
    const { plans: offered, settings } = deps.live.current()
    expect([...offered.values()].map(({ level, price }) => [level, price])).toEqual([
      [1, 100_000_000],
      [2, 200_000_000],
      [3, 400_000_000],
    ])
    expect(settings).toMatchObject({ "plans.enabled": true, "plans.relay": true })
    expect(deps.live.current().settings["site.title"]).toBe("My Site")
    expect(deps.live.current().channels.map((channel) => channel.name)).toEqual(["c1", "c2", "img"])
    await deps.close()
  })

  test("a second import changes nothing, and a dry one writes nothing", async () => {
    const { url } = await site()
    const { db } = await open()
    const deps = await testDeps(db, { now })
    const empty = await everything(db)
    const dry = await importSite(deps, { url, config: await config(), counters, dry: true })
    expect(await everything(db)).toEqual(empty)

    const first = await importSite(deps, { url, config: await config(), counters })
    expect(
      dry.report.map(({ kind, sourceId, outcome, reason }) => [kind, sourceId, outcome, reason]),
    ).toEqual(
      first.report.map(({ kind, sourceId, outcome, reason }) => [kind, sourceId, outcome, reason]),
    )
    const once = await everything(db)
    const second = await importSite(deps, { url, config: await config(), counters })
    expect(disagreements(second)).toEqual([])
    expect(second.report).toEqual([])
    expect(await everything(db)).toEqual(once)
    await deps.close()
  })

  test("one that is cut off at any point and begun again comes to the same", async () => {
    const { url } = await site()
    const whole = await open()
    const wholeDeps = await testDeps(whole.db, { now })
    await importSite(wholeDeps, { url, config: await config(), counters })
    const expected = await everything(whole.db)
    await wholeDeps.close()

    const { db } = await open()
    const deps = await testDeps(db, { now })
    let cuts = 0
    for (let parts = 1; parts < 100; parts += 2) {
      let left = parts
      const progress = () => {
        if (left-- === 0) throw new Error("cut off")
      }
      const cut = await importSite(deps, { url, config: await config(), counters, progress }).catch(
        () => undefined,
      )
      if (cut) break
      cuts++
    }
    expect(cuts).toBeGreaterThan(5)
    expect(await everything(db)).toEqual(expected)
    await deps.close()
  })
}
