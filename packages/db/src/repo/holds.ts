import type { Db, SqlValue } from "../db.ts"
import { isDuplicate } from "../failure.ts"
import { type Balance, lockAccounts, saveAccounts } from "./accounts.ts"
import { cappedKey, type KeyCap, lockKeyCaps, saveKeyCaps } from "./key-caps.ts"
import {
  type Counters,
  lockCounters,
  type PlanUse,
  saveCounters,
  takeUse,
  type UseTaken,
} from "./plan-uses.ts"
import { insertOf, perCount, places, updateOf } from "./sql.ts"
import type { UsageEntry } from "./usage.ts"

export type NewHold = {
  id: string
  accountId: string
  amount: number
  usage: UsageEntry
  createdAt: number
  expiresAt: number
  /** Pays instead of `amount` while a use of it is left. */
  plan?: PlanUse
}

/** One that was opened: by a use of a plan, which sets no points aside, or by points. */
export type AdmittedHold = NewHold & { use: UseTaken | undefined }

/** Whether a hold is there, and a plan pays for it. */
export type Opened = boolean | "plan"

/**
 * Sets points aside for many generations in one transaction: in the given order, each as long as its
 * plan has a use left, or its account has enough and its key may spend as much. Two callers cannot spend the same points, on either engine.
 *
 * @returns for each whether it was admitted. A hold that is already there counts as admitted, so
 *   that a caller who lost the answer may ask again.
 */
export async function openHolds(db: Db, holds: readonly NewHold[]): Promise<Opened[]> {
  try {
    return await db.transaction((tx) => admit(tx, holds, new Map()))
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return db.transaction(async (tx) => admit(tx, holds, await holdsAmong(tx, holds)))
  }
}

/** `known` are the holds that are already there; without it, an `insert` fails on the first of them. */
async function admit(
  tx: Db,
  holds: readonly NewHold[],
  known: ReadonlyMap<string, Opened>,
): Promise<Opened[]> {
  const fresh = holds.filter(({ id }) => !known.has(id))
  const accounts = await lockAccounts(
    tx,
    fresh.map((hold) => hold.accountId),
  )
  const caps = await lockKeyCaps(tx, fresh)
  const counters = await lockCounters(tx, usesOf(fresh))
  const admitted = setAside(fresh, { accounts, caps, counters })
  if (admitted.length > 0) {
    await saveAccounts(tx, [...accounts.values()])
    await saveKeyCaps(tx, caps)
    await saveCounters(tx, counters)
  }
  return insertHolds(tx, holds, admitted, known)
}

/** The uses of plans that these would take. */
export const usesOf = (holds: readonly NewHold[]) =>
  holds.flatMap(({ accountId, plan }) => (plan ? [{ ...plan, userId: accountId }] : []))

/** What pays, read under a lock. */
export type Funds = {
  accounts: ReadonlyMap<string, Balance>
  caps: ReadonlyMap<string, KeyCap>
  counters: Counters
}

/**
 * In memory, in order, each as long as its plan has a use left, or else its account has enough and its
 * key may spend as much.
 */
export const setAside = (
  holds: readonly NewHold[],
  { accounts, caps, counters }: Funds,
): AdmittedHold[] =>
  holds.flatMap((hold): AdmittedHold[] => {
    const { accountId, plan, usage } = hold
    const use = plan && takeUse(accountId, plan, counters)
    if (use) return [{ ...hold, amount: 0, use }]
    const paid =
      !plan?.only && take(hold, accounts.get(accountId), caps.get(cappedKey(usage) ?? ""))
    return paid ? [{ ...hold, use: undefined }] : []
  })

/** @returns for each of `holds` whether it is there now. */
export async function insertHolds(
  tx: Db,
  holds: readonly NewHold[],
  admitted: readonly AdmittedHold[],
  known: ReadonlyMap<string, Opened> = new Map(),
): Promise<Opened[]> {
  if (admitted.length > 0) {
    await tx.post(insertText(admitted.length), admitted.flatMap(holdParams))
  }
  const opened = new Map(known)
  for (const { id, use } of admitted) opened.set(id, use ? "plan" : true)
  const refused = holds.filter(({ id }) => !opened.has(id))
  // Refused for want of points, which may be exactly those that an earlier attempt set aside.
  for (const [id, how] of await holdsAmong(tx, refused)) opened.set(id, how)
  return holds.map(({ id }) => opened.get(id) ?? false)
}

/** Those of these holds that are there already. */
async function holdsAmong(
  tx: Db,
  holds: readonly { id: string }[],
): Promise<ReadonlyMap<string, Opened>> {
  if (holds.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; plan_item: string | null }>(
    `select id, plan_item from holds where id in (${places(holds.length)})`,
    holds.map(({ id }) => id),
  )
  return new Map(rows.map((row) => [row.id, row.plan_item === null ? true : "plan"]))
}

function take({ amount }: NewHold, account: Balance | undefined, key: KeyCap | undefined): boolean {
  if (!account || account.available < amount) return false
  if (key && key.spend_cap !== null && key.spent + amount > key.spend_cap) return false
  if (key) key.spent += amount
  account.available -= amount
  account.held += amount
  return true
}

const insertText = insertOf("holds", [
  "id",
  "account_id",
  "amount",
  "state",
  "charge",
  "usage",
  "created_at",
  "expires_at",
  "plan_item",
  "plan_window",
])

const holdParams = (hold: AdmittedHold): SqlValue[] => [
  hold.id,
  hold.accountId,
  hold.amount,
  "open",
  0,
  JSON.stringify(hold.usage),
  hold.createdAt,
  hold.expiresAt,
  hold.use?.item ?? null,
  hold.use?.window ?? null,
]

export type Progress = { id: string; charge: number; usage: UsageEntry }

/** Notes what is due so far. Holds that are no longer open are passed over. */
export async function checkpointHolds(db: Db, progress: readonly Progress[]): Promise<void> {
  for (const part of parts(progress)) {
    const params: SqlValue[] = []
    for (const { id, charge } of part) params.push(id, charge)
    for (const { id, usage } of part) params.push(id, JSON.stringify(usage))
    for (const { id } of part) params.push(id)
    await db.run(progressText(part.length), params)
  }
}

/** Moves the end of open holds forward: whoever holds them still lives. */
export async function renewHolds(db: Db, ids: readonly string[], expiresAt: number): Promise<void> {
  for (const part of parts(ids)) await db.run(renewText(part.length), [expiresAt, ...part])
}

const progressText = updateOf("holds", ["charge", "usage"], { where: " and state = 'open'" })
const renewText = perCount(
  (count) => `update holds set expires_at = ? where id in (${places(count)}) and state = 'open'`,
)

/** Deletes holds that ended long ago. What they took is in the ledger. @returns how many. */
export async function pruneHolds(db: Db, before: number, limit: number): Promise<number> {
  const old = await db.rows<{ id: string }>(
    `select id from holds where state in ('settled', 'released') and expires_at < ? limit ${Math.trunc(limit)}`,
    [before],
  )
  for (const part of parts(old))
    await db.run(
      pruneText(part.length),
      part.map(({ id }) => id),
    )
  return old.length
}

const pruneText = perCount((count) => `delete from holds where id in (${places(count)})`)

/** Rows per statement: few round trips, and no statement without bounds. */
const partMax = 200

function* parts<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += partMax) yield all.slice(at, at + partMax)
}

/** How many holds are open, and what is set aside in them. */
export async function sumOpenHolds(db: Db): Promise<{ count: number; amount: number }> {
  const sql =
    "select count(*) as count, coalesce(sum(amount), 0) as amount from holds where state = ?"
  const [row] = await db.rows<{ count: unknown; amount: unknown }>(sql, ["open"])
  return { count: Number(row?.count ?? 0), amount: Number(row?.amount ?? 0) }
}
