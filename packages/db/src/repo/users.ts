import { and, desc, eq, lt, type SQL } from "drizzle-orm"
import type { Db } from "../db.ts"
import type { UserRole, UserState } from "../schema/identity.ts"
import { contains } from "./like.ts"

export type UserRow = {
  id: string
  name: string
  nameKey: string
  passwordHash: string
  role: UserRole
  state: UserState
  passwordExpired: boolean
  createdAt: number
}

/** A name is found however it is capitalised. */
export const nameKeyOf = (name: string): string => name.normalize("NFC").toLowerCase()

export async function hasUsers({ orm, t }: Db): Promise<boolean> {
  const rows = await orm.select({ id: t.users.id }).from(t.users).limit(1)
  return rows.length > 0
}

export async function findUserByName({ orm, t }: Db, name: string): Promise<UserRow | undefined> {
  const [row] = await orm
    .select()
    .from(t.users)
    .where(eq(t.users.nameKey, nameKeyOf(name)))
  return row
}

export async function findUserById({ orm, t }: Db, id: string): Promise<UserRow | undefined> {
  const [row] = await orm.select().from(t.users).where(eq(t.users.id, id))
  return row
}

/** @throws the driver's duplicate error when the name is taken. */
export async function insertUser({ orm, t }: Db, user: Omit<UserRow, "nameKey">) {
  await orm.insert(t.users).values({ ...user, nameKey: nameKeyOf(user.name) })
}

/** A password somebody chose: it is no longer the first one. */
export async function savePassword({ orm, t }: Db, id: string, passwordHash: string) {
  await orm.update(t.users).set({ passwordHash, passwordExpired: false }).where(eq(t.users.id, id))
}

/** Newest first, from below the id `before`; with the points of each. */
export async function listUserRows(
  { orm, t }: Db,
  { search, before, limit }: { search?: string; before?: string; limit: number },
) {
  const { id, name, role, state, createdAt } = t.users
  const { available, held } = t.accounts
  const wanted: SQL[] = []
  if (search) wanted.push(contains(t.users.nameKey, nameKeyOf(search)))
  if (before) wanted.push(lt(id, before))
  return orm
    .select({ id, name, role, state, createdAt, available, held })
    .from(t.users)
    .leftJoin(t.accounts, eq(t.accounts.id, id))
    .where(and(...wanted))
    .orderBy(desc(id))
    .limit(limit)
}
