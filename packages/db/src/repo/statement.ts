import {
  type AnyColumn,
  and,
  desc,
  eq,
  gte,
  inArray,
  lt,
  lte,
  notLike,
  or,
  type SQL,
} from "drizzle-orm"
import type { Db } from "../db.ts"
import { site } from "../schema/billing.ts"

/** A place in a list that is ordered by time, and by id where two have the same. */
export type Place = { at: number; id: string }

/** What to list, the newest first, from below `before`. Without a `userId`: what everybody moved. */
export type StatementSpan = {
  userId?: string
  /** Epoch milliseconds, `until` excluded. */
  from: number
  until: number
  before?: Place
  limit: number
}

/** What gave points to a user, or took them. */
export async function listCredits(db: Db, span: StatementSpan) {
  const { fromId, toId } = db.t.transfers
  return span.userId === undefined
    ? listEach(db, span, fromId)
    : listTransfers(db, span, eq(toId, span.userId))
}

/** The same, of what took them; `answers` among it, or not. */
export async function listDebits(db: Db, span: StatementSpan & { answers: boolean }) {
  const { fromId, toId, reference } = db.t.transfers
  const more = span.answers ? undefined : notLike(reference, "hold:%")
  return span.userId === undefined
    ? listEach(db, span, toId, more)
    : listTransfers(db, span, and(eq(fromId, span.userId), more))
}

/** Every transfer has the site at one of its ends. One list for each of its accounts, for the index has them apart. */
async function listEach(db: Db, span: StatementSpan, end: AnyColumn, more?: SQL) {
  const ends = [site.issued, site.revenue]
  const lists = await Promise.all(ends.map((id) => listTransfers(db, span, and(eq(end, id), more))))
  return lists.flat()
}

function listTransfers({ orm, t }: Db, span: StatementSpan, which: SQL | undefined) {
  const { transfers } = t
  return orm
    .select()
    .from(transfers)
    .where(and(which, ...within(span, transfers.createdAt, transfers.id)))
    .orderBy(desc(transfers.createdAt), desc(transfers.id))
    .limit(span.limit)
}

export type TransferListed = Awaited<ReturnType<typeof listCredits>>[number]

export type UsageFilter = { model?: string; keyId?: string }

/** Generations, those that cost nothing among them, with the names of their keys and channels. */
export async function listUsage(db: Db, span: StatementSpan & UsageFilter) {
  const { usageLog: u, apiKeys, channels } = db.t
  const { userId, model, keyId } = span
  return db.orm
    .select({ line: u, keyName: apiKeys.name, channelName: channels.name })
    .from(u)
    .leftJoin(apiKeys, eq(apiKeys.id, u.keyId))
    .leftJoin(channels, eq(channels.id, u.channelId))
    .where(
      and(
        ...(userId === undefined ? [] : [eq(u.userId, userId)]),
        ...(model === undefined ? [] : [eq(u.model, model)]),
        ...(keyId === undefined ? [] : [eq(u.keyId, keyId)]),
        ...within(span, u.at, u.id),
      ),
    )
    .orderBy(desc(u.at), desc(u.id))
    .limit(span.limit)
}
export type UsageListed = Awaited<ReturnType<typeof listUsage>>[number]

/** A span as the indexes can use it: the engines do not look into an index by a pair. */
function within({ from, until, before }: StatementSpan, at: AnyColumn, id: AnyColumn): SQL[] {
  const wanted: (SQL | undefined)[] = [gte(at, from), lt(at, until)]
  if (before) wanted.push(lte(at, before.at), or(lt(at, before.at), lt(id, before.id)))
  return wanted.filter((one) => one !== undefined)
}

/** The names of these, for a list that shows them. */
export async function namesOf({ orm, t }: Db, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>()
  const { id, name } = t.users
  const rows = await orm
    .select({ id, name })
    .from(t.users)
    .where(inArray(id, [...ids]))
  return new Map(rows.map((row) => [row.id, row.name]))
}

type Span = { userId: string; from: number; until: number }
type Sums = { requests: number; charge: number }

const sums = "count(*) as requests, sum(charge) as charge"
const linesOf = "from usage_log where user_id = ? and at >= ? and at < ?"
const span = ({ userId, from, until }: Span) => [userId, from, until]

/** `day` counts days since the epoch, by a clock `offsetMs` ahead of UTC. The newest first. */
export const totalsByDay = (db: Db, wanted: Span, offsetMs: number) =>
  db.rows<Sums & { day: number }>(
    `select ${dayOf[db.dialect]} as day, ${sums} ${linesOf} group by day order by day desc`,
    [offsetMs, ...span(wanted)],
  )

/** The most expensive first. */
export const totalsByModel = (db: Db, wanted: Span) =>
  db.rows<Sums & { model: string }>(
    `select model, ${sums} ${linesOf} group by model order by charge desc, requests desc`,
    span(wanted),
  )

/** The most expensive first; null for what was asked without a key. */
export const totalsByKey = (db: Db, wanted: Span) =>
  db.rows<Sums & { keyId: string | null; name: string | null }>(
    `select s.key_id as keyId, k.name, s.requests, s.charge from (
      select key_id, ${sums} ${linesOf} group by key_id
    ) s left join api_keys k on k.id = s.key_id order by s.charge desc, s.requests desc`,
    span(wanted),
  )

/** What everybody's answers came to, by the hourly sums. The newest day first. */
export const siteByDay = (db: Db, { from, until }: Omit<Span, "userId">, offsetMs: number) =>
  db.rows<Sums & { day: number }>(
    `select ${dayOfHour[db.dialect]} as day, sum(requests) as requests, sum(charge) as charge
    from usage_hours where hour >= ? and hour < ? group by day order by day desc`,
    [offsetMs, hourOf(from), hourOf(until)],
  )

/** The same by model, the most expensive first. */
export const siteByModel = (db: Db, { from, until }: Omit<Span, "userId">) =>
  db.rows<Sums & { model: string }>(
    `select model, sum(requests) as requests, sum(charge) as charge from usage_hours
    where hour >= ? and hour < ? group by model order by charge desc, requests desc`,
    [hourOf(from), hourOf(until)],
  )

const hourOf = (at: number) => Math.ceil(at / 3_600_000)

/** Whole days: only MySQL has a division that keeps the fraction. */
const dayOf = { mysql: "(at + ?) div 86400000", sqlite: "(at + ?) / 86400000" }
const dayOfHour = {
  mysql: "(hour * 3600000 + ?) div 86400000",
  sqlite: "(hour * 3600000 + ?) / 86400000",
}
