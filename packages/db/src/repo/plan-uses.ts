import type { Db, SqlValue } from "../db.ts"
import { insertOf, locking, orAdd, orSet, perCount } from "./sql.ts"

/** A use of a plan's item, to pay for one generation with. */
export type PlanUse = {
  item: string
  /** When the month began that it counts in. */
  window: number
  /** Uses in a month; below 0 as many as anybody likes. */
  quota: number
  /** Whether points cannot pay instead. */
  only?: boolean
}

/** A use that was taken: in which month it was counted. */
export type UseTaken = { item: string; window: number }

type Counter = { user_id: string; item_id: string; window_at: number; used: number }
export type Counters = ReadonlyMap<string, Counter>

export type Counted = { userId: string; item: string; window: number }

const keyOf = (userId: string, item: string) => `${userId}\n${item}`

/**
 * The counters of these uses, locked until the transaction ends: in the order of their keys, and after
 * the accounts and keys. One that nobody has used yet is made, so that it can be locked.
 */
export async function lockCounters(tx: Db, wanted: readonly Counted[]): Promise<Counters> {
  if (wanted.length === 0) return new Map()
  const byKey = new Map(wanted.map((one) => [keyOf(one.userId, one.item), one]))
  const keys = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  const found = await readCounters(tx, keys)
  const missing = keys.filter((one) => !found.has(keyOf(one.userId, one.item)))
  if (missing.length === 0) return found
  const rows = missing.flatMap(({ userId, item, window }) => [userId, item, window, 0])
  await tx.run(insertText(missing.length) + orAdd(tx, counterKey, ["used"]), rows)
  return readCounters(tx, keys)
}

async function readCounters(tx: Db, keys: readonly Counted[]): Promise<Counters> {
  const params = keys.flatMap(({ userId, item }): SqlValue[] => [userId, item])
  const rows = await tx.rows<Counter>(selectText(keys.length) + locking(tx), params)
  return new Map(rows.map((row) => [keyOf(row.user_id, row.item_id), row]))
}

/** Writes counters that were read under a lock. */
export async function saveCounters(tx: Db, counters: Counters): Promise<void> {
  if (counters.size === 0) return
  const rows = [...counters.values()]
  await tx.post(
    insertText(rows.length) + orSet(tx, counterKey, ["window_at", "used"]),
    rows.flatMap(({ user_id, item_id, window_at, used }) => [user_id, item_id, window_at, used]),
  )
}

/**
 * Counts a use in memory, when one is left. A new month begins at 0; a clock that is behind counts on
 * in the month that others have begun, so that no month begins twice.
 */
export function takeUse(
  userId: string,
  { item, window, quota }: PlanUse,
  counters: Counters,
): UseTaken | undefined {
  const counter = counters.get(keyOf(userId, item))
  if (!counter) return undefined
  const used = counter.window_at < window ? 0 : counter.used
  if (quota >= 0 && used >= quota) return undefined
  counter.window_at = Math.max(counter.window_at, window)
  counter.used = used + 1
  return { item, window: counter.window_at }
}

/** The use counts no more; in a later month it does not anyway. */
export function giveBackUse({ userId, item, window }: Counted, counters: Counters): void {
  const counter = counters.get(keyOf(userId, item))
  if (counter?.window_at === window && counter.used > 0) counter.used--
}

/** Whether a use is left now. */
export async function hasUse(
  db: Db,
  userId: string,
  { item, window, quota }: PlanUse,
): Promise<boolean> {
  if (quota < 0) return true
  const [counter] = await db.rows<Counter>(selectText(1), [userId, item])
  return !counter || counter.window_at < window ? quota > 0 : counter.used < quota
}

const counterKey = ["user_id", "item_id"]
const insertText = insertOf("plan_counters", ["user_id", "item_id", "window_at", "used"])
const selectText = perCount((count) => {
  const any = Array(count).fill("(user_id = ? and item_id = ?)").join(" or ")
  return `select user_id, item_id, window_at, used from plan_counters where ${any} order by user_id, item_id`
})
