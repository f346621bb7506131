import { and, count, eq, isNotNull, isNull, lt } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

export type AuthenticatorRow = {
  userId: string
  /** Sealed. */
  secret: string
  confirmedAt: number | null
  lastStep: number
  createdAt: number
}

export async function findAuthenticator(
  { orm, t }: Db,
  userId: string,
): Promise<AuthenticatorRow | undefined> {
  const [row] = await orm.select().from(t.authenticators).where(eq(t.authenticators.userId, userId))
  return row
}

/** In place of one that was begun and never confirmed. @throws the driver's duplicate error when a confirmed one is there */
export async function insertAuthenticator({ orm, t }: Db, row: AuthenticatorRow) {
  const { userId, confirmedAt } = t.authenticators
  await orm.delete(t.authenticators).where(and(eq(userId, row.userId), isNull(confirmedAt)))
  await orm.insert(t.authenticators).values(row)
}

/** @returns whether it was waiting for it, and still had this secret */
export async function confirmAuthenticator(
  { orm, t }: Db,
  { userId, secret, step, now }: { userId: string; secret: string; step: number; now: number },
): Promise<boolean> {
  const { authenticators: a } = t
  const waiting = and(eq(a.userId, userId), eq(a.secret, secret), isNull(a.confirmedAt))
  const change = { confirmedAt: now, lastStep: step }
  return affectedRows(await orm.update(t.authenticators).set(change).where(waiting)) > 0
}

/** Uses up a time step and all before it. @returns whether nobody had: of two with one code, one gets true */
export async function useStep(
  { orm, t }: Db,
  { userId, step }: { userId: string; step: number },
): Promise<boolean> {
  const { authenticators: a } = t
  const unused = and(eq(a.userId, userId), isNotNull(a.confirmedAt), lt(a.lastStep, step))
  return affectedRows(await orm.update(a).set({ lastStep: step }).where(unused)) > 0
}

export async function deleteAuthenticator({ orm, t }: Db, userId: string): Promise<boolean> {
  const deleted = await orm.delete(t.authenticators).where(eq(t.authenticators.userId, userId))
  return affectedRows(deleted) > 0
}

/** In place of all there were. `ids` are hashes of user and code. */
export async function saveRecoveryCodes({ orm, t }: Db, userId: string, ids: readonly string[]) {
  await orm.delete(t.recoveryCodes).where(eq(t.recoveryCodes.userId, userId))
  if (ids.length > 0) await orm.insert(t.recoveryCodes).values(ids.map((id) => ({ id, userId })))
}

/** @returns whether it was there: of any number of callers, one gets true */
export async function useRecoveryCode(
  { orm, t }: Db,
  { id, userId }: { id: string; userId: string },
): Promise<boolean> {
  const { recoveryCodes: r } = t
  return affectedRows(await orm.delete(r).where(and(eq(r.id, id), eq(r.userId, userId)))) > 0
}

export async function countRecoveryCodes({ orm, t }: Db, userId: string): Promise<number> {
  const [row] = await orm
    .select({ left: count() })
    .from(t.recoveryCodes)
    .where(eq(t.recoveryCodes.userId, userId))
  return row?.left ?? 0
}

/** What somebody has beside a password. */
export type Factors = { authenticator: boolean; passkey: boolean }

export async function factorsOf({ orm, t }: Db, userId: string): Promise<Factors> {
  const [authenticator] = await orm
    .select({ id: t.authenticators.userId })
    .from(t.authenticators)
    .where(and(eq(t.authenticators.userId, userId), isNotNull(t.authenticators.confirmedAt)))
  const [passkey] = await orm
    .select({ id: t.passkeys.id })
    .from(t.passkeys)
    .where(eq(t.passkeys.userId, userId))
    .limit(1)
  return { authenticator: authenticator !== undefined, passkey: passkey !== undefined }
}
