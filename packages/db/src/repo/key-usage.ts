import type { Db } from "../db.ts"

type Sums = { requests: number; tokens: number; charge: number }
type Span = { userId: string; keyId: string; since: number }

const sums = `count(*) as requests, sum(input_tokens + output_tokens) as tokens,
  sum(charge) as charge`
/** By the index over a user's lines in time. */
const linesOfKey = "from usage_log where user_id = ? and at >= ? and key_id = ?"

/** `day` counts days since the epoch, by a clock `offsetMs` ahead of UTC. The newest first. */
export const keyUsageByDay = (db: Db, { userId, keyId, since }: Span, offsetMs: number) =>
  db.rows<Sums & { day: number }>(
    `select ${dayOf[db.dialect]} as day, ${sums} ${linesOfKey} group by day order by day desc`,
    [offsetMs, userId, since, keyId],
  )

/** The most expensive first. */
export const keyUsageByModel = (db: Db, { userId, keyId, since }: Span) =>
  db.rows<Sums & { model: string }>(
    `select model, ${sums} ${linesOfKey} group by model order by charge desc, requests desc`,
    [userId, since, keyId],
  )

/** What a key was charged; `until` is excluded. */
export async function chargeOfKey(
  db: Db,
  { userId, keyId, from, until }: { userId: string; keyId: string; from: number; until: number },
): Promise<number> {
  const [row] = await db.rows<{ charge: number | null }>(
    "select sum(charge) as charge from usage_log where user_id = ? and at >= ? and at < ? and key_id = ?",
    [userId, from, until, keyId],
  )
  return row?.charge ?? 0
}

/** What each key of a user was charged since then. */
export async function chargesByKey(
  db: Db,
  userId: string,
  since: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.rows<{ key_id: string; charge: number }>(
    `select key_id, sum(charge) as charge from usage_log
      where user_id = ? and at >= ? and key_id is not null group by key_id`,
    [userId, since],
  )
  return new Map(rows.map(({ key_id, charge }) => [key_id, charge]))
}

/** Whole days: only MySQL has a division that keeps the fraction. */
const dayOf = { mysql: "(at + ?) div 86400000", sqlite: "(at + ?) / 86400000" }
