import { and, asc, eq } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

export type IdentityRow = {
  id: string
  userId: string
  provider: string
  issuer: string
  subject: string
  label: string
  createdAt: number
  lastUsedAt: number | null
}

/** @throws the driver's duplicate error when it is somebody's already */
export async function insertIdentity({ orm, t }: Db, row: IdentityRow) {
  await orm.insert(t.identities).values(row)
}

/** An issuer's own name for somebody is theirs for ever; mail addresses move on. */
export async function findIdentity(
  { orm, t }: Db,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<IdentityRow | undefined> {
  const { identities: i } = t
  const [row] = await orm
    .select()
    .from(i)
    .where(and(eq(i.issuer, issuer), eq(i.subject, subject)))
  return row
}

/** Oldest first. */
export async function listIdentitiesOf({ orm, t }: Db, userId: string): Promise<IdentityRow[]> {
  const { identities: i } = t
  return orm.select().from(i).where(eq(i.userId, userId)).orderBy(asc(i.id))
}

export async function noteIdentityUse({ orm, t }: Db, id: string, now: number) {
  await orm.update(t.identities).set({ lastUsedAt: now }).where(eq(t.identities.id, id))
}

export async function deleteIdentity(
  { orm, t }: Db,
  { id, userId }: { id: string; userId: string },
): Promise<boolean> {
  const { identities: i } = t
  return affectedRows(await orm.delete(i).where(and(eq(i.id, id), eq(i.userId, userId)))) > 0
}
