import { beforeAll, expect, test } from "bun:test"
import { apiKeys, billing, type Db, type SqlValue } from "@nio/db"
import { createLedger, holdLeaseMs } from "@nio/server/core/billing/create-ledger"
import type { Ledger } from "@nio/server/core/billing/ledger"
import { resolveHolds } from "@nio/server/core/billing/resolve-holds"
import { eachDatabase, type TestDatabase } from "../support/databases.ts"
import { accountWith, ledgerDeps, openLedger, usageOf } from "../support/ledger.ts"

eachDatabase("the spend cap of a key", (open) => {
  let database: TestDatabase
  let db: Db
  let ledger: Ledger
  beforeAll(async () => {
    database = await open()
    db = database.db
    ledger = openLedger(db)
  })

  /** Somebody with this much, and a key of theirs. */
  async function keyWith(balance: number, spendCap: number | null) {
    const userId = await accountWith(db, balance)
    const id = Bun.randomUUIDv7()
    await apiKeys.insertApiKey(db, {
      id,
      userId,
      name: "k",
      hash: id.padEnd(64, "0"),
      hint: "abcd",
      createdAt: Date.now(),
      limits: null,
      spendCap,
    })
    return { userId, id, usage: usageOf(userId, { keyId: id, capped: true }) }
  }
  type Key = Awaited<ReturnType<typeof keyWith>>

  const holdOf = ({ userId, usage }: Key, amount: number) => ({
    id: Bun.randomUUIDv7(),
    accountId: userId,
    amount,
    usage,
  })
  const endOf = ({ usage }: Key, charge: number) => ({ held: true, charge, usage })
  const spentBy = async ({ id }: Key) => (await apiKeys.spendingOfKey(db, id))?.spent

  test("of 200 requests at once from two nodes, exactly those it covers begin", async () => {
    const key = await keyWith(1_000_000, 1_049)
    const nodes = [ledger, openLedger(await database.again())]
    const holds = Array.from({ length: 200 }, () => holdOf(key, 100))
    const begun = await Promise.all(holds.map((hold, index) => nodes[index % 2]!.open(hold)))
    const open = holds.filter((_, index) => begun[index])
    expect(open).toHaveLength(10)
    expect(await spentBy(key)).toBe(1_000)
    expect((await billing.balanceOf(db, key.userId)).held).toBe(1_000)

    await Promise.all(open.map(({ id }) => ledger.settle(id, endOf(key, 7))))
    expect(await spentBy(key)).toBe(70)
    expect(await ledger.open(holdOf(key, 979))).toBe(true)
    expect(await ledger.open(holdOf(key, 1))).toBe(false)
    await nodes[1]!.close()
  })

  test("counts an answer that costs more than was set aside as a whole, once", async () => {
    const key = await keyWith(10_000, 500)
    const hold = holdOf(key, 400)
    await ledger.open(hold)
    await Promise.all([1, 2].map(() => ledger.settle(hold.id, endOf(key, 650))))
    await ledger.settle(hold.id, endOf(key, 650))
    expect(await spentBy(key)).toBe(650)
    expect((await billing.balanceOf(db, key.userId)).available).toBe(9_350)
    expect(await ledger.open(holdOf(key, 1))).toBe(false)
  })

  test("of a dead process counts by the last checkpoint", async () => {
    const key = await keyWith(10_000, 1_000)
    const deps = ledgerDeps(db)
    const dead = createLedger(deps)
    const [noted, silent] = [holdOf(key, 300), holdOf(key, 200)]
    await dead.open(noted)
    await dead.open(silent)
    dead.checkpoint(noted.id, 90, key.usage)
    await dead.beat()
    expect(await spentBy(key)).toBe(500)

    deps.clock.at += 2 * holdLeaseMs
    await resolveHolds(deps)
    await resolveHolds(deps)
    expect(await spentBy(key)).toBe(90)
    await dead.close()
  })

  test("of an account that has less is not touched by what it refuses", async () => {
    const key = await keyWith(50, 1_000)
    expect(await ledger.open(holdOf(key, 60))).toBe(false)
    expect(await spentBy(key)).toBe(0)
  })

  test("set later counts what was charged before; moved or lifted, what is under way stays right", async () => {
    const key = await keyWith(10_000, null)
    const free = { ...key, usage: usageOf(key.userId, { keyId: key.id }) }
    const first = holdOf(free, 100)
    await ledger.open(first)
    await ledger.settle(first.id, endOf(free, 80))
    expect(await spentBy(key)).toBe(0)

    const own = { id: key.id, userId: key.userId }
    const cap = (spendCap: number | null) =>
      apiKeys.saveKeyTerms(db, own, { name: "k", limits: null, spendCap })
    await cap(1_000)
    expect(await spentBy(key)).toBe(80)

    const second = holdOf(key, 300)
    await ledger.open(second)
    await cap(2_000)
    expect(await spentBy(key)).toBe(380)
    await cap(null)
    await cap(500)
    expect(await spentBy(key)).toBe(380)
    await ledger.settle(second.id, endOf(key, 20))
    expect(await spentBy(key)).toBe(100)
  })

  test("is nobody's who has none: an unlimited key writes nothing about itself", async () => {
    const key = await keyWith(10_000, null)
    const free = { ...key, usage: usageOf(key.userId, { keyId: key.id }) }
    const texts: string[] = []
    const noting =
      <Result>(ask: (text: string, params: readonly SqlValue[]) => Promise<Result>) =>
      (text: string, params: readonly SqlValue[]) => {
        texts.push(text)
        return ask(text, params)
      }
    const watching: Db = {
      ...db,
      transaction: (work) =>
        db.transaction((tx) =>
          work({ ...tx, rows: noting(tx.rows) as Db["rows"], post: noting(tx.post) }),
        ),
    }
    const watched = openLedger(watching)
    const hold = holdOf(free, 10)
    await watched.open(hold)
    await watched.settle(hold.id, endOf(free, 5))
    await watched.close()
    expect(texts.length).toBeGreaterThan(4)
    expect(texts.filter((text) => text.includes("api_keys"))).toEqual([])
  })
})
