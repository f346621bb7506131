import { and, inArray } from "drizzle-orm"
import type { Db } from "../db.ts"

/** Which values of a column somebody has already, for what must be unique. */
export async function userColumn(
  { orm, t }: Db,
  what: "nameKey" | "emailKey" | "number",
  values: readonly (string | number)[],
): Promise<Set<string>> {
  if (values.length === 0) return new Set()
  const column = t.users[what]
  const rows = await orm
    .select({ value: column })
    .from(t.users)
    .where(inArray(column as typeof t.users.nameKey, values as string[]))
  return new Set(rows.map(({ value }) => String(value)))
}

export async function keyHashes({ orm, t }: Db, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const { hash } = t.apiKeys
  const rows = await orm
    .select({ hash })
    .from(t.apiKeys)
    .where(inArray(hash, [...hashes]))
  return new Set(rows.map((row) => row.hash))
}

export async function codeKeys({ orm, t }: Db, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const { codeKey } = t.codes
  const rows = await orm
    .select({ codeKey })
    .from(t.codes)
    .where(inArray(codeKey, [...keys]))
  return new Set(rows.map((row) => row.codeKey))
}

export async function batches({ orm, t }: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { id } = t.codeBatches
  const rows = await orm
    .select({ id })
    .from(t.codeBatches)
    .where(inArray(id, [...ids]))
  return new Set(rows.map((row) => row.id))
}

/** Users' gift types they have had, as `user:type`. */
export async function gifts({ orm, t }: Db, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set()
  const { userId, type } = t.giftClaims
  const rows = await orm
    .select({ userId, type })
    .from(t.giftClaims)
    .where(inArray(userId, [...users]))
  return new Set(rows.map((row) => `${row.userId}:${row.type}`))
}

/** Numbers of conversations or presets that are in use, as `user:number`. */
export async function numbers(
  { orm, t }: Db,
  table: "conversations" | "presets",
  users: readonly string[],
  numbers: readonly number[],
): Promise<Set<string>> {
  if (users.length === 0 || numbers.length === 0) return new Set()
  const { userId, number } = t[table] as typeof t.conversations
  const rows = await orm
    .select({ userId, number })
    .from(t[table] as typeof t.conversations)
    .where(and(inArray(userId, [...users]), inArray(number, [...numbers])))
  return new Set(rows.map((row) => `${row.userId}:${row.number}`))
}

/** The conversations of these that are there, with where their owner stands in each. */
export async function leavesOf({ orm, t }: Db, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string | null>()
  const { id, leafId } = t.conversations
  const rows = await orm
    .select({ id, leafId })
    .from(t.conversations)
    .where(inArray(id, [...ids]))
  return new Map(rows.map((row) => [row.id, row.leafId]))
}

/** The ids of all their messages. */
export async function messageIdsOf({ orm, t }: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { id, conversationId } = t.messages
  const rows = await orm
    .select({ id })
    .from(t.messages)
    .where(inArray(conversationId, [...ids]))
  return new Set(rows.map((row) => row.id))
}

/** When the plans of these people began, of those who have one. */
export async function planStarts({ orm, t }: Db, users: readonly string[]) {
  if (users.length === 0) return new Map<string, number>()
  const { userId, startedAt } = t.subscriptions
  const rows = await orm
    .select({ userId, startedAt })
    .from(t.subscriptions)
    .where(inArray(userId, [...users]))
  return new Map(rows.map((row) => [row.userId, row.startedAt]))
}

/** Counters of plans' items that are there, as `user:item`. */
export async function counters({ orm, t }: Db, users: readonly string[]) {
  if (users.length === 0) return new Set<string>()
  const { userId, itemId } = t.planCounters
  const rows = await orm
    .select({ userId, itemId })
    .from(t.planCounters)
    .where(inArray(userId, [...users]))
  return new Set(rows.map((row) => `${row.userId}:${row.itemId}`))
}

export async function shares({ orm, t }: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { id } = t.shares
  const rows = await orm
    .select({ id })
    .from(t.shares)
    .where(inArray(id, [...ids]))
  return new Set(rows.map((row) => row.id))
}

export async function marketModels({ orm, t }: Db): Promise<Set<string>> {
  const rows = await orm.select({ model: t.marketEntries.model }).from(t.marketEntries)
  return new Set(rows.map(({ model }) => model))
}

export async function planLevels({ orm, t }: Db): Promise<Set<number>> {
  const rows = await orm.select({ level: t.plans.level }).from(t.plans)
  return new Set(rows.map(({ level }) => level))
}
