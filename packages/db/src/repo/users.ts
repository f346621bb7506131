import { and, eq, inArray, ne, or } from "drizzle-orm"
import { type Db, forUpdate } from "../db.ts"
import type { UserRole, UserState } from "../schema/identity.ts"

export type UserRow = {
  id: string
  name: string
  nameKey: string
  passwordHash: string
  role: UserRole
  state: UserState
  passwordExpired: boolean
  createdAt: number
  email: string | null
  emailKey: string | null
  emailVerified: boolean
  language: string | null
}

/** Somebody who has shown that mail to `email` arrives with them, or has none. */
export type NewUser = Pick<
  UserRow,
  "id" | "name" | "passwordHash" | "role" | "state" | "passwordExpired" | "createdAt"
> & { email?: string; language?: string }

/** A name is found however it is capitalised, and with whatever blanks and widths it is typed. */
export const nameKeyOf = (name: string): string => name.normalize("NFKC").toLowerCase()

/** A mail address is one person's however it is capitalised. */
export const emailKeyOf = (email: string): string => email.normalize("NFC").toLowerCase()

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

/** As they are now, locked until the transaction ends; by id, so that two who want the same wait in one order. */
export async function lockUsers(tx: Db, ids: readonly string[]) {
  const { users } = tx.t
  if (ids.length === 0) return []
  const rows = tx.orm
    .select({ id: users.id, role: users.role, state: users.state })
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(users.id)
  return forUpdate(tx, rows)
}

/** Whether this is an administrator who can sign in. */
export const isAdmin = ({ role, state }: Pick<UserRow, "role" | "state">): boolean =>
  role === "admin" && state === "active"

/** Whoever has this mail address and has shown so. */
export async function findUserByEmail({ orm, t }: Db, email: string): Promise<UserRow | undefined> {
  const [row] = await orm
    .select()
    .from(t.users)
    .where(and(eq(t.users.emailKey, emailKeyOf(email)), eq(t.users.emailVerified, true)))
  return row
}

/** Whoever signs in with this: by their name, or else by their verified mail address. */
export async function findUserByLogin({ orm, t }: Db, login: string): Promise<UserRow | undefined> {
  const nameKey = nameKeyOf(login)
  const byEmail = and(eq(t.users.emailKey, emailKeyOf(login)), eq(t.users.emailVerified, true))
  const rows = await orm
    .select()
    .from(t.users)
    .where(or(eq(t.users.nameKey, nameKey), byEmail))
  return rows.find((row) => row.nameKey === nameKey) ?? rows[0]
}

/** @throws the driver's duplicate error when the name or the mail address is taken. */
export async function insertUser(db: Db, { email, ...user }: NewUser) {
  const { orm, t } = db
  if (email) await forgetUnverified(db, email)
  const mail = email && { email, emailKey: emailKeyOf(email), emailVerified: true }
  await orm.insert(t.users).values({ ...user, ...mail, nameKey: nameKeyOf(user.name) })
}

/**
 * A mail address somebody has shown to be theirs.
 * @throws the driver's duplicate error when somebody else has shown the same.
 */
export async function saveEmail(db: Db, id: string, email: string) {
  await forgetUnverified(db, email)
  const mail = { email, emailKey: emailKeyOf(email), emailVerified: true }
  await db.orm.update(db.t.users).set(mail).where(eq(db.t.users.id, id))
}

/** Who merely said that an address is theirs does not keep it from its owner. */
async function forgetUnverified({ orm, t }: Db, email: string) {
  await orm
    .update(t.users)
    .set({ email: null, emailKey: null })
    .where(and(eq(t.users.emailKey, emailKeyOf(email)), eq(t.users.emailVerified, false)))
}

export async function saveLanguage({ orm, t }: Db, id: string, language: string) {
  await orm.update(t.users).set({ language }).where(eq(t.users.id, id))
}

/** The same password kept in another way. Nothing happens when it was changed in between. */
export async function replacePasswordHash(
  { orm, t }: Db,
  { id, from, to }: { id: string; from: string; to: string },
) {
  await orm
    .update(t.users)
    .set({ passwordHash: to })
    .where(and(eq(t.users.id, id), eq(t.users.passwordHash, from)))
}

/** @throws the driver's duplicate error when the name is taken. */
export async function saveName({ orm, t }: Db, id: string, name: string) {
  await orm
    .update(t.users)
    .set({ name, nameKey: nameKeyOf(name) })
    .where(eq(t.users.id, id))
}

/** Which of these are banned or deleted. At most a thousand at a time. */
export async function inactiveUsers({ orm, t }: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await orm
    .select({ id: t.users.id })
    .from(t.users)
    .where(and(inArray(t.users.id, [...ids]), ne(t.users.state, "active")))
  return rows.map(({ id }) => id)
}

/** Sessions and answers under way end within seconds; `forgetActors` hurries the rest. */
export async function saveState({ orm, t }: Db, id: string, state: UserState) {
  await orm.update(t.users).set({ state }).where(eq(t.users.id, id))
}

/** A password somebody chose: it is no longer the first one. */
export async function savePassword({ orm, t }: Db, id: string, passwordHash: string) {
  await orm.update(t.users).set({ passwordHash, passwordExpired: false }).where(eq(t.users.id, id))
}
