import { beforeAll, expect, test } from "bun:test"
import { billing, type Db } from "@nio/db"
import { createLedger, holdLeaseMs } from "@nio/server/core/billing/create-ledger"
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
  endOf,
  ledgerDeps,
  openedHold,
  openLedger,
  usageLine,
  usageOf,
} from "../support/ledger.ts"

eachDatabase("holds that outlived their process", (open) => {
  let database: TestDatabase
  let db: Db
  let ledger: Ledger
  beforeAll(async () => {
    database = await open()
    db = database.db
    ledger = openLedger(db)
  })

  test("a dead process's hold is resolved by its last checkpoint, a living one's is not", async () => {
    const deps = ledgerDeps(db)
    const [dead, living] = [createLedger(deps), createLedger(deps)]
    const user = await accountWith(db, 1_000)
    const lost = await openedHold(dead, user, 300)
    const alive = await openedHold(living, user, 300)
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
    expect(await usageLine(db, lost)).toMatchObject({
      charge: 90,
      outcome: "interrupted",
      output_tokens: 9,
    })

    expect(await dead.settle(lost, endOf(200))).toBe(90)
    dead.checkpoint(lost, 250, usageOf(user))
    await dead.beat()
    expect(await living.settle(alive, endOf(10))).toBe(10)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 900, held: 0 })
    await Promise.all([dead.close(), living.close()])
  })

  test("several nodes resolve the same holds at once without taking twice", async () => {
    const deps = ledgerDeps(db)
    const gone = createLedger(deps)
    const user = await accountWith(db, 10_000)
    for (let index = 0; index < 40; index++) {
      const id = await openedHold(gone, user, 100)
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
    const [alive, ended] = [
      await openedHold(ledger, user, 100),
      await openedHold(ledger, user, 100),
    ]
    await ledger.settle(ended, endOf(30))
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
    const bad = await openedHold(gone, user, 100)
    await openedHold(gone, user, 100)
    await openedHold(gone, user, 100)
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
    await openedHold(before, user, 100)
    await before.close()
    expect(await resolveAbandonedHolds(ledgerDeps(db))).toBeGreaterThan(0)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 100, held: 0 })
    expect(await db.rows("select id from holds where state = 'open'", [])).toEqual([])
  })

  test("records of ended holds go after a while, the ledger stays right", async () => {
    const deps = ledgerDeps(db)
    deps.clock.at += 8 * 24 * 60 * 60_000
    await pruneHolds(deps)
    expect(await db.rows("select id from holds where state <> 'open'", [])).toEqual([])
    expect(await verifyLedger(deps)).toEqual([])
  })
})
