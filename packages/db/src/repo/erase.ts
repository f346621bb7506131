import { and, eq, gt, inArray } from "drizzle-orm"
import type { Db } from "../db.ts"
import { isAdmin, lockUsers } from "./users.ts"

/** So many are deleted in one transaction, for others wait meanwhile. */
const conversationsAtOnce = 25

/**
 * Administrators who can sign in, each kept one until the transaction ends. Locked by their ids, for a
 * search by role would lock every account it passes.
 */
export async function lockAdmins(tx: Db): Promise<string[]> {
  const { orm, t } = tx
  const found = await orm
    .select({ id: t.users.id })
    .from(t.users)
    .where(and(eq(t.users.role, "admin"), eq(t.users.state, "active")))
  const rows = await lockUsers(
    tx,
    found.map(({ id }) => id),
  )
  return rows.filter(isAdmin).map(({ id }) => id)
}

/**
 * Takes from an account everything that is somebody's own or lets them in; the row stays, for the ledger
 * points to it, and its name is free again. The keys' rows stay too, without what they were called and
 * known by, for answers that are under way with them.
 */
export async function closeUser(tx: Db, id: string, now: number): Promise<void> {
  const { orm, t } = tx
  const name = `deleted ${id}`
  await orm
    .update(t.users)
    .set({
      name,
      nameKey: name,
      passwordHash: "",
      state: "deleted",
      role: "user",
      email: null,
      emailKey: null,
      emailVerified: false,
      language: null,
      alarmBelow: null,
      alarmedAt: null,
    })
    .where(eq(t.users.id, id))
  await orm
    .update(t.apiKeys)
    .set({ revokedAt: now, name: "", hint: "", limits: null })
    .where(eq(t.apiKeys.userId, id))
  await orm.delete(t.sessions).where(eq(t.sessions.userId, id))
  await orm.delete(t.identities).where(eq(t.identities.userId, id))
  await orm.delete(t.passkeys).where(eq(t.passkeys.userId, id))
  await orm.delete(t.authenticators).where(eq(t.authenticators.userId, id))
  await orm.delete(t.recoveryCodes).where(eq(t.recoveryCodes.userId, id))
  await orm.delete(t.subscriptions).where(eq(t.subscriptions.userId, id))
  await orm.delete(t.planCounters).where(eq(t.planCounters.userId, id))
}

/** Deletes some of what a person wrote and kept. @returns whether there may be more */
export async function eraseSome(db: Db, userId: string): Promise<boolean> {
  return db.transaction(async ({ orm, t }) => {
    const some = await orm
      .select({ id: t.conversations.id })
      .from(t.conversations)
      .where(eq(t.conversations.userId, userId))
      .limit(conversationsAtOnce)
    const ids = some.map(({ id }) => id)
    if (ids.length > 0) {
      await orm.delete(t.runs).where(inArray(t.runs.conversationId, ids))
      await orm.delete(t.messages).where(inArray(t.messages.conversationId, ids))
      await orm.delete(t.conversations).where(inArray(t.conversations.id, ids))
      return true
    }
    const keys = orm
      .select({ id: t.apiKeys.id })
      .from(t.apiKeys)
      .where(eq(t.apiKeys.userId, userId))
    await orm.delete(t.storedResponses).where(inArray(t.storedResponses.keyId, keys))
    await orm.delete(t.shares).where(eq(t.shares.userId, userId))
    await orm.delete(t.presets).where(eq(t.presets.userId, userId))
    return false
  })
}

/** Deleted accounts that still have conversations or points: what a crash, or an answer under way, left. */
export async function leftovers({ orm, t }: Db, limit: number): Promise<string[]> {
  const deleted = eq(t.users.state, "deleted")
  const [writers, owners] = await Promise.all([
    orm
      .selectDistinct({ id: t.users.id })
      .from(t.users)
      .innerJoin(t.conversations, eq(t.conversations.userId, t.users.id))
      .where(deleted)
      .limit(limit),
    orm
      .select({ id: t.users.id })
      .from(t.users)
      .innerJoin(t.accounts, eq(t.accounts.id, t.users.id))
      .where(and(deleted, gt(t.accounts.available, 0)))
      .limit(limit),
  ])
  return [...new Set([...writers, ...owners].map(({ id }) => id))]
}
