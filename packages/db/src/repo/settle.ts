import type { Db } from "../db.ts"
import { isDuplicate } from "../failure.ts"
import { type HoldState, site } from "../schema/billing.ts"
import { type Balance, lockAccounts, saveAccounts } from "./accounts.ts"
import { insertHolds, type NewHold, type Opened, openHolds, setAside, usesOf } from "./holds.ts"
import { cappedKey, type KeyCap, lockKeyCaps, saveKeyCaps } from "./key-caps.ts"
import {
  type Counted,
  type Counters,
  giveBackUse,
  lockCounters,
  saveCounters,
} from "./plan-uses.ts"
import { locking, perCount, places, updateOf, updateParams } from "./sql.ts"
import { insertTransfers } from "./transfers.ts"
import { linesAmong, type UsageEntry, type UsageRow, writeUsage } from "./usage.ts"

/** The end of a generation. `held` is false when it had no hold: then only its line is written. */
export type End = { id: string; held: boolean; charge: number; usage: UsageEntry; at: number }

/**
 * Ends many generations in one transaction: takes each charge from its hold, what the hold does not
 * cover from the balance down to zero, and writes the rest off; gives back what was not needed;
 * writes the usage lines. What a use of a plan pays for takes no points; when nothing was delivered
 * the use is given back.
 *
 * @returns for each what really left the account. A hold that had already ended stays as it is, and
 *   what had been taken then is returned.
 */
export async function settleHolds(db: Db, ends: readonly End[], shard: number): Promise<number[]> {
  try {
    return await db.transaction(async (tx) => (await settle(tx, ends, shard)).taken)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    // Some of the lines are already there: written by an attempt whose answer got lost.
    return db.transaction(async (tx) => {
      const written = await linesAmong(tx, ends)
      return (await settle(tx, ends, shard, written)).taken
    })
  }
}

/** Open holds whose time was over `before`, the longest overdue first. */
export async function lateHolds(db: Db, before: number, limit: number): Promise<string[]> {
  const late = await db.rows<{ id: string }>(
    `select id from holds where state = 'open' and expires_at < ? order by expires_at limit ${Math.trunc(limit)}`,
    [before],
  )
  return late.map(({ id }) => id)
}

/**
 * Ends holds whose owner is gone, by what was due at their last checkpoint; those renewed or ended
 * meanwhile stay as they are. Safe on several nodes at once.
 * @returns how many were ended.
 */
export async function expireHolds(db: Db, { ids, before, at, shard }: Expiry): Promise<number> {
  return db.transaction(async (tx) => {
    const holds = await lockHolds(tx, ids, selectDrafts)
    const due = [...holds.values()].filter(
      (hold) => hold.state === "open" && hold.expires_at < before,
    )
    const closing = due.map((hold) => interruption(hold, at))
    await close(tx, closing, shard)
    return due.length
  })
}

export type Expiry = { ids: readonly string[]; before: number; at: number; shard: number }

/**
 * What both ends of a busy moment come to, in one transaction: `settleHolds` first, then `openHolds`,
 * so that what is given back can be set aside again.
 */
export async function keepBooks(
  db: Db,
  { opens, ends }: { opens: readonly NewHold[]; ends: readonly End[] },
  shard: number,
): Promise<{ opened: Opened[]; taken: number[] }> {
  try {
    return await db.transaction((tx) => settle(tx, ends, shard, new Set(), opens))
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const taken = await settleHolds(db, ends, shard)
    return { taken, opened: await openHolds(db, opens) }
  }
}

async function settle(
  tx: Db,
  ends: readonly End[],
  shard: number,
  written: ReadonlySet<string> = new Set(),
  opens: readonly NewHold[] = [],
): Promise<{ opened: Opened[]; taken: number[] }> {
  const holds = await lockHolds(
    tx,
    ends.filter((end) => end.held).map((end) => end.id),
  )
  const seen = new Set(written)
  const closing: Closing[] = []
  for (const end of ends) {
    const hold = holds.get(end.id)
    if (seen.has(end.id) || (hold && hold.state !== "open")) continue
    seen.add(end.id)
    closing.push({ ...end, hold })
  }
  const { taken, opened } = await close(tx, closing, shard, opens)
  return { opened, taken: ends.map(({ id }) => taken.get(id) ?? holds.get(id)?.taken ?? 0) }
}

type HoldRow = {
  id: string
  account_id: string
  amount: number
  state: HoldState
  charge: number
  taken: number | null
  expires_at: number
  plan_item: string | null
  plan_window: number | null
  /** JSON of a `UsageEntry`, written by `openHolds` or `checkpointHolds`; when it was asked for. */
  usage?: string
}

/** With the drafts of their usage lines only where those are wanted: they are most of a row. */
async function lockHolds(
  tx: Db,
  ids: readonly string[],
  selectText = selectHolds,
): Promise<ReadonlyMap<string, HoldRow>> {
  const wanted = [...new Set(ids)].sort()
  if (wanted.length === 0) return new Map()
  const rows = await tx.rows<HoldRow>(selectText(wanted.length) + locking(tx), wanted)
  return new Map(rows.map((row) => [row.id, row]))
}

const selectOf = (columns: string) =>
  perCount((count) => `select ${columns} from holds where id in (${places(count)}) order by id`)
const holdColumns =
  "id, account_id, amount, state, charge, taken, expires_at, plan_item, plan_window"
const selectHolds = selectOf(holdColumns)
const selectDrafts = selectOf(`${holdColumns}, \`usage\``)

type Closing = Omit<End, "held"> & { hold: HoldRow | undefined }

const interruption = (hold: HoldRow, at: number): Closing => ({
  id: hold.id,
  charge: hold.charge,
  usage: { ...(JSON.parse(hold.usage ?? "{}") as UsageEntry), outcome: "interrupted" },
  at,
  hold,
})

/** Each account is read and written once, however much happens to it. @returns what was taken for each end. */
async function close(
  tx: Db,
  closing: readonly Closing[],
  shard: number,
  opens: readonly NewHold[] = [],
): Promise<{ taken: ReadonlyMap<string, number>; opened: Opened[] }> {
  const accounts = await lockAccounts(tx, [
    ...closing.flatMap(({ hold }) => (hold ? [hold.account_id] : [])),
    ...opens.map((hold) => hold.accountId),
  ])
  const caps = await lockKeyCaps(tx, [...closing, ...opens])
  const counters = await lockCounters(tx, [...closing.flatMap(unused), ...usesOf(opens)])
  const lines = closing.map((end) => take(end, accounts, counters))
  for (const line of lines) countSpent(line, caps)
  const admitted = setAside(opens, { accounts, caps, counters })

  await saveAccounts(tx, [...accounts.values()])
  await saveKeyCaps(tx, caps)
  await saveCounters(tx, counters)
  await closeRows(tx, lines)
  await insertTransfers(tx, lines.flatMap(toRevenue))
  await writeUsage(tx, lines, shard)
  const opened = await insertHolds(tx, opens, admitted)
  return { opened, taken: new Map(lines.map((line) => [line.id, line.charge])) }
}

type Line = UsageRow & { hold: HoldRow | undefined }

/** The use of a plan that was taken for an answer of which nothing was delivered. */
function unused({ hold, usage }: Closing): Counted[] {
  if (!hold || hold.plan_item === null || usage.usageFrom !== "none") return []
  return [{ userId: hold.account_id, item: hold.plan_item, window: hold.plan_window ?? 0 }]
}

/** Moves the points, or the use, in memory: what they are taken from was read under a lock. */
function take(end: Closing, accounts: ReadonlyMap<string, Balance>, counters: Counters): Line {
  const { hold, id, at, usage } = end
  if (hold && hold.plan_item !== null) {
    const back = unused(end)
    for (const use of back) giveBackUse(use, counters)
    const planItem = back.length > 0 ? null : hold.plan_item
    return { id, at, usage, charge: 0, writtenOff: 0, planItem, hold }
  }
  const account = hold && accounts.get(hold.account_id)
  const charge = account ? Math.min(end.charge, hold.amount + account.available) : 0
  if (account) {
    account.held -= hold.amount
    account.available += hold.amount - charge
  }
  return { id, at, usage, charge, writtenOff: end.charge - charge, planItem: null, hold }
}

/**
 * What was set aside has counted; now what was taken does. The whole of it: a cap is no discount,
 * so the last answer may go beyond it.
 */
function countSpent({ hold, charge, usage }: Line, caps: ReadonlyMap<string, KeyCap>): void {
  const key = hold && caps.get(cappedKey(usage) ?? "")
  if (key) key.spent += charge - hold.amount
}

async function closeRows(tx: Db, lines: readonly Line[]): Promise<void> {
  const closed = lines.filter((line) => line.hold)
  if (closed.length === 0) return
  await tx.post(
    closeText(closed.length),
    updateParams(
      closed,
      ({ charge, planItem }) => (charge > 0 || planItem !== null ? "settled" : "released"),
      ({ charge }) => charge,
    ),
  )
}

/** The draft has done its duty. */
const closeText = updateOf("holds", ["state", "taken"], { also: "`usage` = 'null'" })

const toRevenue = ({ id, at, charge, hold }: Line) =>
  hold && charge > 0
    ? [
        {
          id,
          fromId: hold.account_id,
          toId: site.revenue,
          amount: charge,
          reference: `hold:${id}`,
          reason: "",
          createdAt: at,
        },
      ]
    : []
