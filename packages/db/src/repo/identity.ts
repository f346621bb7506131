import { and, desc, eq, gt, inArray, isNull, lte, ne } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"
import type { UserRole, UserState } from "../schema/identity.ts"

/** What is needed to judge somebody, however they proved who they are. */
export type ActorRow = {
  id: string
  name: string
  role: UserRole
  state: UserState
  passwordExpired: boolean
}

const actorColumns = ({ t }: Db) => ({
  id: t.users.id,
  name: t.users.name,
  role: t.users.role,
  state: t.users.state,
  passwordExpired: t.users.passwordExpired,
})

/** The holder of a key that is not revoked. */
export async function findActorByKey(
  db: Db,
  hash: string,
): Promise<(ActorRow & { keyId: string }) | undefined> {
  const { users, apiKeys } = db.t
  const [row] = await db.orm
    .select({ ...actorColumns(db), keyId: apiKeys.id })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
  return row
}

/** The holder of a session that has not ended by `now`. */
export async function findActorBySession(
  db: Db,
  id: string,
  now: number,
): Promise<(ActorRow & { expiresAt: number }) | undefined> {
  const { users, sessions } = db.t
  const [row] = await db.orm
    .select({ ...actorColumns(db), expiresAt: sessions.expiresAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, id), gt(sessions.expiresAt, now)))
  return row
}

export async function insertSession(
  { orm, t }: Db,
  session: { id: string; userId: string; createdAt: number; expiresAt: number; userAgent: string },
) {
  await orm.insert(t.sessions).values(session)
}

export async function moveSession({ orm, t }: Db, id: string, expiresAt: number) {
  await orm.update(t.sessions).set({ expiresAt }).where(eq(t.sessions.id, id))
}

export async function deleteSession({ orm, t }: Db, id: string) {
  await orm.delete(t.sessions).where(eq(t.sessions.id, id))
}

/** Ends the sessions of a user, but for the one with the id `keep`. */
export async function deleteSessionsOf({ orm, t }: Db, userId: string, keep = "") {
  await orm.delete(t.sessions).where(and(eq(t.sessions.userId, userId), ne(t.sessions.id, keep)))
}

export async function deleteEndedSessions({ orm, t }: Db, now: number) {
  await orm.delete(t.sessions).where(lte(t.sessions.expiresAt, now))
}

/** Which of these sessions have not ended by `now`. At most a thousand at a time. */
export async function liveSessions({ orm, t }: Db, ids: readonly string[], now: number) {
  const rows = await orm
    .select({ id: t.sessions.id })
    .from(t.sessions)
    .where(and(inArray(t.sessions.id, [...ids]), gt(t.sessions.expiresAt, now)))
  return new Set(rows.map(({ id }) => id))
}

export async function insertApiKey(
  { orm, t }: Db,
  key: { id: string; userId: string; name: string; hash: string; hint: string; createdAt: number },
) {
  await orm.insert(t.apiKeys).values({ ...key, revokedAt: null })
}

/** Keys in use, newest first. */
export async function listApiKeysOf({ orm, t }: Db, userId: string) {
  const { id, name, hint, createdAt } = t.apiKeys
  return orm
    .select({ id, name, hint, createdAt })
    .from(t.apiKeys)
    .where(and(eq(t.apiKeys.userId, userId), isNull(t.apiKeys.revokedAt)))
    .orderBy(desc(t.apiKeys.id))
}

/** @returns false when the user has no such key in use. */
export async function markKeyRevoked(
  { orm, t }: Db,
  { id, userId, now }: { id: string; userId: string; now: number },
) {
  const result = await orm
    .update(t.apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(t.apiKeys.id, id), eq(t.apiKeys.userId, userId), isNull(t.apiKeys.revokedAt)))
  return affectedRows(result) > 0
}
