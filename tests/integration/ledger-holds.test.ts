import { beforeAll, expect, test } from "bun:test"
import { billing, type Db } from "@nio/db"
import { createLedger, holdLeaseMs } from "@nio/server/core/billing/create-ledger"
import { creditUser } from "@nio/server/core/billing/credit-user"
import type { Ledger } from "@nio/server/core/billing/ledger"
import {
  pruneHolds,
  resolveAbandonedHolds,
  resolveHolds,
} from "@nio/server/core/billing/resolve-holds"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { eachDatabase, type TestDatabase } from "../support/databases.ts"
import {
  accountWith,
  ledgerDeps,
  newReference,
  openLedger,
  topUp,
  usageDrift,
  usageOf,
} from "../support/ledger.ts"

eachDatabase("holds", (open) => {
  let database: TestDatabase
  let db: Db
  let ledger: Ledger
  beforeAll(async () => {
    database = await open()
    db = database.db
    ledger = openLedger(db)
  })

  const hold = (accountId: string, amount: number, id = Bun.randomUUIDv7()) => ({
    id,
    accountId,
    amount,
    usage: usageOf(accountId),
  })
  const end = (charge: number) => ({ held: true, charge, usage: usageOf("u") })
  const opened = async (accountId: string, amount: number, by = ledger) => {
    const wanted = hold(accountId, amount)
    expect(await by.open(wanted)).toBe(true)
    return wanted.id
  }
  const line = async (id: string) =>
    (
      await db.rows<{
        charge: number
        written_off: number
        outcome: string
        output_tokens: number
      }>("select charge, written_off, outcome, output_tokens from usage_log where id = ?", [id])
    )[0]

  test("a hold moves points aside, settling takes the charge and gives the rest back", async () => {
    const user = await accountWith(db, 1_000)
    const id = await opened(user, 600)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 400, held: 600 })
    expect(await ledger.settle(id, end(250))).toBe(250)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 750, held: 0 })
    expect(await line(id)).toMatchObject({ charge: 250, written_off: 0, outcome: "done" })
  })

  test("200 parallel requests against a balance for 10: exactly 10 start", async () => {
    const user = await accountWith(db, 1_049)
    const started = await Promise.all(
      Array.from({ length: 200 }, () => ledger.open(hold(user, 100))),
    )
    expect(started.filter(Boolean)).toHaveLength(10)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 49, held: 1_000 })
  })

  test("two processes at once cannot spend the same points", async () => {
    const user = await accountWith(db, 1_000)
    const nodes = [ledger, openLedger(await database.again())]
    const asks = Array.from({ length: 100 }, (_, index) => nodes[index % 2]!.open(hold(user, 100)))
    expect((await Promise.all(asks)).filter(Boolean)).toHaveLength(10)
    await nodes[1]!.close()
  })

  test("settling twice charges once, at the same time or later, on another node too", async () => {
    const user = await accountWith(db, 1_000)
    const id = await opened(user, 500)
    const other = openLedger(await database.again())
    const both = await Promise.all([
      ledger.settle(id, end(300)),
      ledger.settle(id, end(400)),
      other.settle(id, end(300)),
    ])
    expect(new Set(both).size).toBe(1)
    expect(await ledger.settle(id, end(500))).toBe(both[0]!)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 1_000 - both[0]!, held: 0 })
    await other.close()
  })

  test("an answer that cost more than its hold takes the balance down to zero, the rest is written off", async () => {
    const user = await accountWith(db, 1_000)
    const id = await opened(user, 400)
    const other = await opened(user, 100)
    expect(await ledger.settle(id, end(5_000))).toBe(900)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 0, held: 100 })
    expect(await line(id)).toMatchObject({ charge: 900, written_off: 4_100 })
    expect(await ledger.settle(other, end(0))).toBe(0)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 0 })
  })

  test("nothing delivered costs nothing and leaves a line", async () => {
    const user = await accountWith(db, 100)
    const id = await opened(user, 100)
    await ledger.settle(id, { held: true, charge: 0, usage: usageOf(user, { outcome: "failed" }) })
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 0 })
    expect(await line(id)).toMatchObject({ charge: 0, outcome: "failed" })
    expect(await db.rows("select id from transfers where reference = ?", [`hold:${id}`])).toEqual(
      [],
    )
  })

  test("a free generation needs no account and leaves a line, once", async () => {
    const id = Bun.randomUUIDv7()
    expect(await ledger.open(hold("nobody", 0, id))).toBe(true)
    const free = { held: false, charge: 0, usage: usageOf("nobody") }
    await Promise.all([ledger.settle(id, free), ledger.settle(id, free)])
    await ledger.settle(id, free)
    expect(await line(id)).toMatchObject({ charge: 0 })
  })

  test("who has no account, or too little, may not start", async () => {
    expect(await ledger.open(hold("nobody", 1))).toBe(false)
    const user = await accountWith(db, 99)
    expect(await ledger.open(hold(user, 100))).toBe(false)
    expect(await ledger.available(user)).toBe(99)
    expect(await ledger.available("nobody")).toBe(0)
  })

  test("opening the same hold again is admitted and sets nothing more aside", async () => {
    const user = await accountWith(db, 1_000)
    const id = await opened(user, 600)
    const again = await Promise.all([
      ledger.open(hold(user, 600, id)),
      ledger.open(hold(user, 300)),
      ledger.open(hold(user, 300)),
    ])
    expect(again).toEqual([true, true, false])
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 900 })
  })

  test("an upstream's absurd numbers cannot keep a hold open", async () => {
    const user = await accountWith(db, 100)
    const id = await opened(user, 100)
    const usage = usageOf(user, {
      inputTokens: 1e300,
      outputTokens: -5,
      cachedTokens: Number.NaN,
      model: "😀".repeat(500),
      errorCode: "x".repeat(500),
    })
    expect(await ledger.settle(id, { held: true, charge: 50, usage })).toBe(50)
    await expect(ledger.settle(id, end(-1))).rejects.toThrow(RangeError)
    await expect(ledger.open(hold(user, 0.5))).rejects.toThrow(RangeError)
  })

  test("a dead process's hold is resolved by its last checkpoint, a living one's is not", async () => {
    const deps = ledgerDeps(db)
    const [dead, living] = [createLedger(deps), createLedger(deps)]
    const user = await accountWith(db, 1_000)
    const lost = await opened(user, 300, dead)
    const alive = await opened(user, 300, living)
    dead.checkpoint(lost, 70, usageOf(user, { outputTokens: 7 }))
    dead.checkpoint(lost, 90, usageOf(user, { outputTokens: 9 }))
    await dead.beat()

    deps.clock.at += holdLeaseMs - 1_000
    await resolveHolds(deps)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 400, held: 600 })
    await living.beat()
    deps.clock.at += 2_000
    await resolveHolds(deps)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 610, held: 300 })
    expect(await line(lost)).toMatchObject({ charge: 90, outcome: "interrupted", output_tokens: 9 })

    expect(await dead.settle(lost, end(200))).toBe(90)
    dead.checkpoint(lost, 250, usageOf(user))
    await dead.beat()
    expect(await living.settle(alive, end(10))).toBe(10)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 900, held: 0 })
    await Promise.all([dead.close(), living.close()])
  })

  test("several nodes resolve the same holds at once without taking twice", async () => {
    const deps = ledgerDeps(db)
    const gone = createLedger(deps)
    const user = await accountWith(db, 10_000)
    for (let index = 0; index < 40; index++) {
      const id = await opened(user, 100, gone)
      gone.checkpoint(id, 25, usageOf(user))
    }
    await gone.close()
    deps.clock.at += holdLeaseMs * 2
    const other = { ...deps, db: await database.again(), nodeId: "other" }
    await Promise.all([resolveHolds(deps), resolveHolds(other), resolveHolds(deps)])
    expect(await billing.balanceOf(db, user)).toEqual({ available: 10_000 - 40 * 25, held: 0 })
  })

  test("a hold that was renewed or ended after it had been found late stays as it is", async () => {
    const deps = ledgerDeps(db)
    const user = await accountWith(db, 300)
    const [alive, ended] = [await opened(user, 100), await opened(user, 100)]
    await ledger.settle(ended, end(30))
    const expiry = { ids: [alive, ended], before: deps.now(), at: deps.now(), shard: 0 }
    expect(await billing.expireHolds(db, expiry)).toBe(0)
    await billing.checkpointHolds(db, [{ id: ended, charge: 99, usage: usageOf(user) }])
    await billing.renewHolds(db, [ended], Number.MAX_SAFE_INTEGER)
    expect(await db.rows("select charge, taken, `usage` from holds where id = ?", [ended])).toEqual(
      [{ charge: 0, taken: 30, usage: "null" }],
    )
    expect(await billing.balanceOf(db, user)).toEqual({ available: 170, held: 100 })
  })

  test("one hold that cannot be resolved does not keep the others open", async () => {
    const deps = ledgerDeps(db)
    const gone = createLedger(deps)
    const user = await accountWith(db, 300)
    const bad = await opened(user, 100, gone)
    await opened(user, 100, gone)
    await opened(user, 100, gone)
    await db.run("update holds set `usage` = 'not json' where id = ?", [bad])
    deps.clock.at += holdLeaseMs * 2
    await resolveHolds(deps)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 200, held: 100 })
    await db.run("update holds set `usage` = ? where id = ?", [JSON.stringify(usageOf(user)), bad])
    await resolveHolds(deps)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 300, held: 0 })
    await gone.close()
  })

  test("the only process may resolve at its start what an earlier one left", async () => {
    const user = await accountWith(db, 100)
    const before = openLedger(db)
    await opened(user, 100, before)
    await before.close()
    expect(await resolveAbandonedHolds(ledgerDeps(db))).toBeGreaterThan(0)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 0 })
    expect(await db.rows("select id from holds where state = 'open'", [])).toEqual([])
  })

  test("a credit with the same reference happens once, also at the same moment", async () => {
    const user = Bun.randomUUIDv7()
    const reference = newReference()
    const results = await Promise.all(
      Array.from({ length: 8 }, () => topUp(db, user, 100, reference)),
    )
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 0 })
  })

  test("the first credits of a new account, all at once, all count", async () => {
    const user = Bun.randomUUIDv7()
    await Promise.all(Array.from({ length: 16 }, () => topUp(db, user, 10)))
    expect(await ledger.available(user)).toBe(160)
  })

  test("a debit takes all or nothing", async () => {
    const user = await accountWith(db, 100)
    const debit = (amount: number, reference = newReference()) =>
      billing.debitAccount(db, {
        id: Bun.randomUUIDv7(),
        accountId: user,
        amount,
        reference,
        reason: "test",
        createdAt: 0,
      })
    expect(await debit(101)).toBe(false)
    expect(await debit(60, "once:1")).toBe(true)
    expect(await debit(60, "once:1")).toBe(false)
    const many = await Promise.all(Array.from({ length: 10 }, () => debit(10)))
    expect(many.filter(Boolean)).toHaveLength(4)
    expect(await ledger.available(user)).toBe(0)
  })

  test("more than can be counted exactly is refused", async () => {
    const user = await accountWith(db, 10)
    const deps = { ...ledgerDeps(db), newId: Bun.randomUUIDv7 }
    const give = (amount: number) =>
      creditUser(deps, { userId: user, amount, reference: newReference(), reason: "" })
    for (const amount of [Number.MAX_SAFE_INTEGER - 9, -1, 0, 0.5, Number.NaN])
      await expect(give(amount)).rejects.toThrow("not an amount")
    await expect(topUp(db, user, Number.MAX_SAFE_INTEGER - 9)).rejects.toThrow()
    expect(await give(Number.MAX_SAFE_INTEGER - 10)).toBe(true)
    expect(await ledger.available(user)).toBe(Number.MAX_SAFE_INTEGER)
  })

  test("the database itself refuses a negative balance", async () => {
    const user = await accountWith(db, 10)
    const take = (column: string) =>
      db.run(`update accounts set ${column} = ${column} - 11 where id = ?`, [user])
    await expect(take("available")).rejects.toThrow()
    await expect(take("held")).rejects.toThrow()
  })

  test("verifying finds a balance that was tampered with, and an account that is missing", async () => {
    const deps = ledgerDeps(db)
    expect(await verifyLedger(deps)).toEqual([])
    const [rich, gone] = [await accountWith(db, 100), await accountWith(db, 50)]
    await db.run("update accounts set available = 101 where id = ?", [rich])
    await db.run("delete from accounts where id = ?", [gone])
    const found = await verifyLedger(deps)
    expect(found.map((difference) => difference.accountId).sort()).toEqual([rich, gone].sort())
    expect(found.find(({ accountId }) => accountId === rich)).toMatchObject({
      available: 101,
      expectedAvailable: 100,
    })
    await db.run("update accounts set available = 100 where id = ?", [rich])
    await db.run("insert into accounts (id, available, held) values (?, 50, 0)", [gone])
    expect(await verifyLedger(deps)).toEqual([])
  })

  test("the hourly sums are those of the lines", async () => {
    expect(await usageDrift(db)).toEqual([])
  })

  test("records of ended holds go after a while, the ledger stays right", async () => {
    const deps = ledgerDeps(db)
    deps.clock.at += 8 * 24 * 60 * 60_000
    await pruneHolds(deps)
    expect(await db.rows("select id from holds where state <> 'open'", [])).toEqual([])
    expect(await verifyLedger(deps)).toEqual([])
  })
})
