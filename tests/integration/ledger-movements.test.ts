import { beforeAll, expect, test } from "bun:test"
import { billing, type Db } from "@nio/db"
import { creditUser } from "@nio/server/core/billing/credit-user"
import type { Ledger } from "@nio/server/core/billing/ledger"
import { eachDatabase } from "../support/databases.ts"
import { accountWith, ledgerDeps, newReference, openLedger, topUp } from "../support/ledger.ts"

eachDatabase("credits and debits", (open) => {
  let db: Db
  let ledger: Ledger
  beforeAll(async () => {
    db = (await open()).db
    ledger = openLedger(db)
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

  test("M B2: the first credits of a new account, all at once, all count", async () => {
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

  test("M B13: more than can be counted exactly is refused", async () => {
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
})
