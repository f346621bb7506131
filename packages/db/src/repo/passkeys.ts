import { and, asc, eq, lt } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

export type PasskeyRow = {
  id: string
  userId: string
  name: string
  credentialId: string
  /** COSE, base64url. */
  publicKey: string
  counter: number
  transports: unknown
  createdAt: number
  lastUsedAt: number | null
}

/** @throws the driver's duplicate error when it is somebody's already */
export async function insertPasskey({ orm, t }: Db, row: PasskeyRow) {
  await orm.insert(t.passkeys).values(row)
}

export async function findPasskey({ orm, t }: Db, id: string): Promise<PasskeyRow | undefined> {
  const [row] = await orm.select().from(t.passkeys).where(eq(t.passkeys.id, id))
  return row
}

/** Oldest first. */
export async function listPasskeysOf({ orm, t }: Db, userId: string): Promise<PasskeyRow[]> {
  const { passkeys: p } = t
  return orm.select().from(p).where(eq(p.userId, userId)).orderBy(asc(p.createdAt), asc(p.id))
}

/**
 * Notes a use. A counter only goes up; keys that do not count say 0 every time.
 * @returns whether the counter was one that may follow the last
 */
export async function usePasskey(
  { orm, t }: Db,
  { id, counter, now }: { id: string; counter: number; now: number },
): Promise<boolean> {
  const { passkeys: p } = t
  const follows = counter === 0 ? eq(p.counter, 0) : lt(p.counter, counter)
  const used = await orm
    .update(p)
    .set({ counter, lastUsedAt: now })
    .where(and(eq(p.id, id), follows))
  return affectedRows(used) > 0
}

type Owned = { id: string; userId: string }

export async function renamePasskey(
  { orm, t }: Db,
  { id, userId, name }: Owned & { name: string },
) {
  const { passkeys: p } = t
  const renamed = await orm
    .update(p)
    .set({ name })
    .where(and(eq(p.id, id), eq(p.userId, userId)))
  return affectedRows(renamed) > 0
}

export async function deletePasskey({ orm, t }: Db, { id, userId }: Owned): Promise<boolean> {
  const { passkeys: p } = t
  const deleted = await orm.delete(p).where(and(eq(p.id, id), eq(p.userId, userId)))
  return affectedRows(deleted) > 0
}

export async function deletePasskeysOf({ orm, t }: Db, userId: string): Promise<void> {
  await orm.delete(t.passkeys).where(eq(t.passkeys.userId, userId))
}
