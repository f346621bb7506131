import { beforeAll, expect, test } from "bun:test"
import { billing, type Db } from "@nio/db"
import { createLedger, holdLeaseMs } from "@nio/server/core/billing/create-ledger"
import type { Ledger, UsageLine } from "@nio/server/core/billing/ledger"
import { resolveHolds } from "@nio/server/core/billing/resolve-holds"
import { verifyLedger } from "@nio/server/core/billing/verify-ledger"
import { eachDatabase, type TestDatabase } from "../support/databases.ts"
import { accountWith, ledgerDeps, openLedger, usageDrift, usageOf } from "../support/ledger.ts"

const january = Date.UTC(2025, 0, 31)
const february = Date.UTC(2025, 1, 28)
const nothing = { usageFrom: "none", outputTokens: 0 } as const

eachDatabase("uses of a plan", (open) => {
  let database: TestDatabase
  let db: Db
  let ledger: Ledger
  beforeAll(async () => {
    database = await open()
    db = database.db
    ledger = openLedger(db)
  })

  const asking = (userId: string, plan: Partial<billing.PlanUse> = {}, amount = 100) => ({
    id: Bun.randomUUIDv7(),
    accountId: userId,
    amount,
    usage: usageOf(userId, nothing),
    plan: { item: "chat", window: january, quota: 10, ...plan },
  })
  const ended = (userId: string, change: Partial<UsageLine> = {}) => ({
    held: true,
    charge: 70,
    usage: usageOf(userId, change),
  })
  const counter = async (userId: string) => {
    const [row] = await db.rows<{ window_at: number; used: number }>(
      "select window_at, used from plan_counters where user_id = ? and item_id = 'chat'",
      [userId],
    )
    return row
  }

  test("a use pays first and takes no points; the line says which item paid", async () => {
    const user = await accountWith(db, 1_000)
    const hold = asking(user)
    expect(await ledger.open(hold)).toBe("plan")
    expect(await billing.balanceOf(db, user)).toEqual({ available: 1_000, held: 0 })
    expect(await ledger.settle(hold.id, ended(user))).toBe(0)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 1_000, held: 0 })
    expect(await counter(user)).toEqual({ window_at: january, used: 1 })
    const [line] = await db.rows(
      "select charge, written_off, plan_item from usage_log where id = ?",
      [hold.id],
    )
    expect(line).toEqual({ charge: 0, written_off: 0, plan_item: "chat" })
    expect(await db.rows("select id from transfers where from_id = ?", [user])).toEqual([])
  })

  test("A18: 200 parallel requests of two nodes against a quota of 10: exactly 10 by the plan, the rest by points", async () => {
    const user = await accountWith(db, 100 * 50)
    const nodes = [ledger, openLedger(await database.again())]
    const opened = await Promise.all(
      Array.from({ length: 200 }, (_, at) => nodes[at % 2]!.open(asking(user))),
    )
    expect(opened.filter((how) => how === "plan")).toHaveLength(10)
    expect(opened.filter((how) => how === true)).toHaveLength(50)
    expect(await counter(user)).toMatchObject({ used: 10 })
    expect(await billing.balanceOf(db, user)).toEqual({ available: 0, held: 5_000 })
    await nodes[1]!.close()
  })

  test("the first uses of somebody without an account, on two nodes at once, are all counted", async () => {
    const user = Bun.randomUUIDv7()
    const nodes = [ledger, openLedger(await database.again())]
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, at) => nodes[at % 2]!.open(asking(user))),
    )
    expect(opened.filter((how) => how === "plan")).toHaveLength(10)
    expect(opened.filter((how) => how === false)).toHaveLength(10)
    expect(await counter(user)).toMatchObject({ used: 10 })
    await nodes[1]!.close()
  })

  test("S5: nothing delivered gives the use back, exactly once", async () => {
    const user = await accountWith(db, 1_000)
    const [kept, failed] = [asking(user), asking(user)]
    await ledger.open(kept)
    await ledger.open(failed)
    const failure = ended(user, { ...nothing, outcome: "failed" })
    await Promise.all([ledger.settle(failed.id, failure), ledger.settle(failed.id, failure)])
    await ledger.settle(failed.id, failure)
    expect(await counter(user)).toMatchObject({ used: 1 })
    await ledger.settle(kept.id, ended(user))
    expect(await counter(user)).toMatchObject({ used: 1 })
  })

  test("a failure that points would have paid for gives no use of the plan back", async () => {
    const user = await accountWith(db, 1_000)
    const byPlan = asking(user, { quota: 1 })
    const byPoints = asking(user, { quota: 1 })
    expect(await ledger.open(byPlan)).toBe("plan")
    expect(await ledger.open(byPoints)).toBe(true)
    await ledger.settle(byPoints.id, ended(user, { ...nothing, outcome: "failed" }))
    expect(await counter(user)).toMatchObject({ used: 1 })
  })

  test("a month begins at 0 once; a clock that is behind does not begin it again", async () => {
    const user = await accountWith(db, 0)
    const use = (window: number) => ledger.open(asking(user, { window, quota: 2 }))
    expect([await use(january), await use(january), await use(january)]).toEqual([
      "plan",
      "plan",
      false,
    ])
    expect([await use(february), await use(january), await use(february)]).toEqual([
      "plan",
      "plan",
      false,
    ])
    expect(await counter(user)).toEqual({ window_at: february, used: 2 })
  })

  test("a use of last month that is given back is not one of this month", async () => {
    const user = await accountWith(db, 0)
    const last = asking(user)
    await ledger.open(last)
    await ledger.open(asking(user, { window: february }))
    await ledger.settle(last.id, ended(user, nothing))
    expect(await counter(user)).toEqual({ window_at: february, used: 1 })
  })

  test("without a quota every use pays and is counted; a quota of none never pays", async () => {
    const user = await accountWith(db, 0)
    for (let times = 0; times < 3; times++)
      expect(await ledger.open(asking(user, { quota: -1 }))).toBe("plan")
    expect(await counter(user)).toMatchObject({ used: 3 })
    expect(await ledger.open(asking(await accountWith(db, 0), { quota: 0 }))).toBe(false)
  })

  test("what only a plan pays for takes no points when no use is left", async () => {
    const user = await accountWith(db, 1_000)
    const only = { only: true, quota: 1 }
    expect(await ledger.open(asking(user, only, 0))).toBe("plan")
    expect(await ledger.open(asking(user, only, 0))).toBe(false)
    expect(await billing.balanceOf(db, user)).toEqual({ available: 1_000, held: 0 })
  })

  test("opening the same hold again takes no second use", async () => {
    const user = await accountWith(db, 1_000)
    const hold = asking(user)
    expect(await Promise.all([ledger.open(hold), ledger.open(asking(user))])).toEqual([
      "plan",
      "plan",
    ])
    expect(await ledger.open(hold)).toBe("plan")
    expect(await counter(user)).toMatchObject({ used: 2 })
  })

  test("after a process died, a use is kept for what was delivered and given back for what was not", async () => {
    const deps = ledgerDeps(db)
    const dead = createLedger(deps)
    const user = await accountWith(db, 0)
    const [said, silent] = [asking(user), asking(user)]
    await dead.open(said)
    await dead.open(silent)
    dead.checkpoint(said.id, 0, usageOf(user, { usageFrom: "counted", outputTokens: 5 }))
    await dead.beat()
    await dead.close()
    deps.clock.at += holdLeaseMs * 2
    const other = { ...deps, db: await database.again(), nodeId: "other" }
    await Promise.all([resolveHolds(deps), resolveHolds(other)])
    expect(await counter(user)).toMatchObject({ used: 1 })
    const lines = await db.rows<{ id: string; plan_item: string | null }>(
      "select id, plan_item from usage_log where user_id = ?",
      [user],
    )
    expect(new Map(lines.map((line) => [line.id, line.plan_item]))).toEqual(
      new Map([
        [said.id, "chat"],
        [silent.id, null],
      ]),
    )
  })

  test("the books are right", async () => {
    expect(await verifyLedger(ledgerDeps(db))).toEqual([])
    expect(await usageDrift(db)).toEqual([])
  })
})
