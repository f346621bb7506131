import { beforeAll, expect, test } from "bun:test"
import { billing, type Db } from "@nio/db"
import type { Ledger } from "@nio/server/core/billing/ledger"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { eachDatabase, type TestDatabase } from "../support/databases.ts"
import {
  accountWith,
  endOf,
  holdOf,
  ledgerDeps,
  openedHold,
  openLedger,
  usageDrift,
  usageLine,
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

  test("a hold moves points aside, settling takes the charge and gives the rest back", async () => {
    const user = await accountWith(db, 1_000)
    const id = await openedHold(ledger, user, 600)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 400, held: 600 })
    expect(await ledger.settle(id, endOf(250))).toBe(250)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 750, held: 0 })
    expect(await usageLine(db, id)).toMatchObject({ charge: 250, written_off: 0, outcome: "done" })
  })

  test("A1: 200 parallel requests against a balance for 10: exactly 10 start", async () => {
    const user = await accountWith(db, 1_049)
    const started = await Promise.all(
      Array.from({ length: 200 }, () => ledger.open(holdOf(user, 100))),
    )
    expect(started.filter(Boolean)).toHaveLength(10)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 49, held: 1_000 })
  })

  test("A2: two processes at once cannot spend the same points", async () => {
    const user = await accountWith(db, 1_000)
    const nodes = [ledger, openLedger(await database.again())]
    const asks = Array.from({ length: 100 }, (_, index) =>
      nodes[index % 2]!.open(holdOf(user, 100)),
    )
    expect((await Promise.all(asks)).filter(Boolean)).toHaveLength(10)
    await nodes[1]!.close()
  })

  test("settling twice charges once, at the same time or later, on another node too", async () => {
    const user = await accountWith(db, 1_000)
    const id = await openedHold(ledger, user, 500)
    const other = openLedger(await database.again())
    const both = await Promise.all([
      ledger.settle(id, endOf(300)),
      ledger.settle(id, endOf(400)),
      other.settle(id, endOf(300)),
    ])
    expect(new Set(both).size).toBe(1)
    expect(await ledger.settle(id, endOf(500))).toBe(both[0]!)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 1_000 - both[0]!, held: 0 })
    await other.close()
  })

  test("an answer that cost more than its hold takes the balance down to zero, the rest is written off", async () => {
    const user = await accountWith(db, 1_000)
    const id = await openedHold(ledger, user, 400)
    const other = await openedHold(ledger, user, 100)
    expect(await ledger.settle(id, endOf(5_000))).toBe(900)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 0, held: 100 })
    expect(await usageLine(db, id)).toMatchObject({ charge: 900, written_off: 4_100 })
    expect(await ledger.settle(other, endOf(0))).toBe(0)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 0 })
  })

  test("nothing delivered costs nothing and leaves a line", async () => {
    const user = await accountWith(db, 100)
    const id = await openedHold(ledger, user, 100)
    await ledger.settle(id, { held: true, charge: 0, usage: usageOf(user, { outcome: "failed" }) })
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 0 })
    expect(await usageLine(db, id)).toMatchObject({ charge: 0, outcome: "failed" })
    expect(await db.rows("select id from transfers where reference = ?", [`hold:${id}`])).toEqual(
      [],
    )
  })

  test("a free generation needs no account and leaves a line, once", async () => {
    const id = Bun.randomUUIDv7()
    expect(await ledger.open(holdOf("nobody", 0, id))).toBe(true)
    const free = { held: false, charge: 0, usage: usageOf("nobody") }
    await Promise.all([ledger.settle(id, free), ledger.settle(id, free)])
    await ledger.settle(id, free)
    expect(await usageLine(db, id)).toMatchObject({ charge: 0 })
  })

  test("who has no account, or too little, may not start", async () => {
    expect(await ledger.open(holdOf("nobody", 1))).toBe(false)
    const user = await accountWith(db, 99)
    expect(await ledger.open(holdOf(user, 100))).toBe(false)
    expect(await ledger.available(user)).toBe(99)
    expect(await ledger.available("nobody")).toBe(0)
  })

  test("opening the same hold again is admitted and sets nothing more aside", async () => {
    const user = await accountWith(db, 1_000)
    const id = await openedHold(ledger, user, 600)
    const again = await Promise.all([
      ledger.open(holdOf(user, 600, id)),
      ledger.open(holdOf(user, 300)),
      ledger.open(holdOf(user, 300)),
    ])
    expect(again).toEqual([true, true, false])
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 900 })
  })

  test("an upstream's absurd numbers cannot keep a hold open", async () => {
    const user = await accountWith(db, 100)
    const id = await openedHold(ledger, user, 100)
    const usage = usageOf(user, {
      inputTokens: 1e300,
      outputTokens: -5,
      cachedTokens: Number.NaN,
      model: "😀".repeat(500),
      errorCode: "x".repeat(500),
    })
    expect(await ledger.settle(id, { held: true, charge: 50, usage })).toBe(50)
    await expect(ledger.settle(id, endOf(-1))).rejects.toThrow(RangeError)
    await expect(ledger.open(holdOf(user, 0.5))).rejects.toThrow(RangeError)
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
})
