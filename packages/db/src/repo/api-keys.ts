import { and, count, desc, eq, isNull, lte, or } from "drizzle-orm"
import { affectedRows, type Db, forUpdate } from "../db.ts"
import type { UsageEntry } from "./usage.ts"

/** What its owner decides about a key. `limits` as in the contract, null for none. */
export type KeyTerms = { name: string; limits: unknown; spendCap: number | null }
type NewKey = KeyTerms & {
  id: string
  userId: string
  hash: string
  hint: string
  createdAt: number
}

export async function insertApiKey({ orm, t }: Db, key: NewKey) {
  await orm.insert(t.apiKeys).values({ ...key, revokedAt: null })
}

export async function countApiKeysOf(db: Db, userId: string): Promise<number> {
  const { apiKeys } = db.t
  const [row] = await db.orm
    .select({ keys: count() })
    .from(apiKeys)
    .where(and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)))
  return row?.keys ?? 0
}

/** Keys in use, newest first. */
export async function listApiKeysOf({ orm, t }: Db, userId: string) {
  const { id, name, hint, createdAt, lastUsedAt, limits, spendCap, spent } = t.apiKeys
  return orm
    .select({ id, name, hint, createdAt, lastUsedAt, limits, spendCap, spent })
    .from(t.apiKeys)
    .where(and(eq(t.apiKeys.userId, userId), isNull(t.apiKeys.revokedAt)))
    .orderBy(desc(t.apiKeys.id))
}

type Own = { id: string; userId: string }

const ownInUse = ({ t }: Db, { id, userId }: Own) =>
  and(eq(t.apiKeys.id, id), eq(t.apiKeys.userId, userId), isNull(t.apiKeys.revokedAt))

/** @returns false when the user has no such key in use. */
export async function markKeyRevoked(db: Db, own: Own & { now: number }) {
  const change = { revokedAt: own.now }
  return affectedRows(await db.orm.update(db.t.apiKeys).set(change).where(ownInUse(db, own))) > 0
}

/** Ends the use of all keys of a user. */
export async function revokeKeysOf({ orm, t }: Db, userId: string, now: number): Promise<void> {
  await orm
    .update(t.apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(t.apiKeys.userId, userId), isNull(t.apiKeys.revokedAt)))
}

/** Gives the key another secret. @returns false when the user has no such key in use. */
export async function replaceKeySecret(db: Db, own: Own & { hash: string; hint: string }) {
  const change = { hash: own.hash, hint: own.hint }
  return affectedRows(await db.orm.update(db.t.apiKeys).set(change).where(ownInUse(db, own))) > 0
}

/**
 * Changes what a key may do. A cap counts from the key's first day: on one that had none, what was
 * charged so far is added up. Answers that are under way then were begun without a cap, and are not
 * counted.
 * @returns false when the user has no such key in use.
 */
export async function saveKeyTerms(db: Db, own: Own, terms: KeyTerms): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { apiKeys } = tx.t
    const [key] = await forUpdate(
      tx,
      tx.orm.select({ spendCap: apiKeys.spendCap }).from(apiKeys).where(ownInUse(tx, own)),
    )
    if (!key) return false
    const counting = key.spendCap === null && terms.spendCap !== null
    await tx.orm
      .update(apiKeys)
      .set({ ...terms, ...(counting && { spent: await spentSoFar(tx, own) }) })
      .where(eq(apiKeys.id, own.id))
    return true
  })
}

/** What was charged, and what is set aside by answers that began under an earlier cap. */
async function spentSoFar(tx: Db, { id, userId }: Own): Promise<number> {
  const [charged] = await tx.rows<{ sum: number | null }>(
    "select sum(charge) as sum from usage_log where user_id = ? and key_id = ?",
    [userId, id],
  )
  const open = await tx.rows<{ amount: number; usage: string }>(
    "select amount, `usage` from holds where state = 'open' and account_id = ?",
    [userId],
  )
  const held = open
    .filter(({ usage }) => {
      const { keyId, capped } = JSON.parse(usage) as UsageEntry
      return capped && keyId === id
    })
    .reduce((sum, { amount }) => sum + amount, 0)
  return (charged?.sum ?? 0) + held
}

/** What a key may spend in all, and what it has spent and set aside. */
export async function spendingOfKey({ orm, t }: Db, id: string) {
  const { spendCap, spent } = t.apiKeys
  const [row] = await orm.select({ spendCap, spent }).from(t.apiKeys).where(eq(t.apiKeys.id, id))
  return row
}

/** Notes that a key was used `now`, unless that is known since `before`. */
export async function noteKeyUse(
  { orm, t }: Db,
  { id, now, before }: { id: string; now: number; before: number },
) {
  const { apiKeys } = t
  const unknown = or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, before))
  await orm
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, id), unknown))
}
