import { and, desc, eq, gt, inArray, isNull, lte, ne } from "drizzle-orm"
import type { Db } from "../db.ts"
import type { SessionKind, UserRole, UserState } from "../schema/identity.ts"

/** What is needed to judge somebody, however they proved who they are. */
export type ActorRow = {
  id: string
  name: string
  role: UserRole
  state: UserState
  passwordExpired: boolean
  /** What they subscribed to, also when it has ended; left out where nobody looked. */
  subscription?: { level: number; startedAt: number; expiresAt: number } | null
}

const actorColumns = ({ t }: Db) => ({
  id: t.users.id,
  name: t.users.name,
  role: t.users.role,
  state: t.users.state,
  passwordExpired: t.users.passwordExpired,
  subscription: {
    level: t.subscriptions.level,
    startedAt: t.subscriptions.startedAt,
    expiresAt: t.subscriptions.expiresAt,
  },
})

/** The holder of a key, and what the key may do. */
export type KeyActorRow = ActorRow & {
  keyId: string
  limits: unknown
  spendCap: number | null
  lastUsedAt: number | null
}

/** The holder of a key that is not revoked. */
export async function findActorByKey(db: Db, hash: string): Promise<KeyActorRow | undefined> {
  const { users, apiKeys, subscriptions } = db.t
  const { id: keyId, limits, spendCap, lastUsedAt } = apiKeys
  const [row] = await db.orm
    .select({ ...actorColumns(db), keyId, limits, spendCap, lastUsedAt })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .leftJoin(subscriptions, eq(subscriptions.userId, users.id))
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
  return row
}

/** The holder of a session that has not ended by `now`. */
export async function findActorBySession(
  db: Db,
  id: string,
  now: number,
): Promise<(ActorRow & { expiresAt: number; kind: SessionKind }) | undefined> {
  const { users, sessions, subscriptions } = db.t
  const [row] = await db.orm
    .select({ ...actorColumns(db), expiresAt: sessions.expiresAt, kind: sessions.kind })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(subscriptions, eq(subscriptions.userId, users.id))
    .where(and(eq(sessions.id, id), gt(sessions.expiresAt, now)))
  return row
}

export type SessionRow = {
  id: string
  userId: string
  createdAt: number
  expiresAt: number
  userAgent: string
  address: string
  lastSeenAt: number | null
  provenAt: number | null
  kind: SessionKind
}

export async function insertSession(
  { orm, t }: Db,
  session: Omit<SessionRow, "lastSeenAt" | "provenAt"> & { lastSeenAt: number; provenAt: number },
) {
  await orm.insert(t.sessions).values(session)
}

/** It was used just now. */
export async function moveSession(
  { orm, t }: Db,
  id: string,
  times: { expiresAt: number; lastSeenAt: number },
) {
  await orm.update(t.sessions).set(times).where(eq(t.sessions.id, id))
}

/** When its owner last proved who they are. */
export async function findProofOf({ orm, t }: Db, id: string): Promise<number | undefined> {
  const { provenAt } = t.sessions
  const [row] = await orm.select({ provenAt }).from(t.sessions).where(eq(t.sessions.id, id))
  return row?.provenAt ?? undefined
}

export async function saveProof({ orm, t }: Db, id: string, provenAt: number) {
  await orm.update(t.sessions).set({ provenAt }).where(eq(t.sessions.id, id))
}

/** Sessions that have not ended by `now`, last used first. */
export async function listSessionsOf(
  { orm, t }: Db,
  userId: string,
  now: number,
): Promise<SessionRow[]> {
  return orm
    .select()
    .from(t.sessions)
    .where(and(eq(t.sessions.userId, userId), gt(t.sessions.expiresAt, now)))
    .orderBy(desc(t.sessions.expiresAt), desc(t.sessions.createdAt))
}

export async function deleteSession({ orm, t }: Db, session: { id: string; userId: string }) {
  await orm
    .delete(t.sessions)
    .where(and(eq(t.sessions.id, session.id), eq(t.sessions.userId, session.userId)))
}

/** Ends the sessions of a user, but for the one with the id `keep`. */
export async function deleteSessionsOf({ orm, t }: Db, userId: string, keep = "") {
  await orm.delete(t.sessions).where(and(eq(t.sessions.userId, userId), ne(t.sessions.id, keep)))
}

export async function deleteEndedSessions({ orm, t }: Db, now: number) {
  await orm.delete(t.sessions).where(lte(t.sessions.expiresAt, now))
}

/** Which of these sessions have not ended by `now`, nor their owners' accounts. At most a thousand at a time. */
export async function liveSessions({ orm, t }: Db, ids: readonly string[], now: number) {
  const rows = await orm
    .select({ id: t.sessions.id })
    .from(t.sessions)
    .innerJoin(t.users, eq(t.users.id, t.sessions.userId))
    .where(
      and(
        inArray(t.sessions.id, [...ids]),
        gt(t.sessions.expiresAt, now),
        eq(t.users.state, "active"),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}
