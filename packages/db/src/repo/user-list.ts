import { and, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm"
import type { Db } from "../db.ts"
import type { UserRole, UserState } from "../schema/identity.ts"
import { contains } from "./like.ts"
import { emailKeyOf, nameKeyOf } from "./users.ts"

/** `value` is what the list is ordered by. */
export type UserPlace = { value: number; id: string }
export type UserOrder = "created" | "balance" | "plan"

export type UserFilter = {
  /** A part of the name or of the mail address, or the id. */
  search?: string
  role?: UserRole
  state?: UserState
  /** Those whose plan is not over by then. */
  subscribedAt?: number
}

/** The highest first, from below `before`, with points and plan of each. */
export async function listUsers(
  db: Db,
  {
    order,
    before,
    limit,
    ...filter
  }: UserFilter & {
    order: UserOrder
    before?: UserPlace
    limit: number
  },
) {
  const { users: u, accounts: a, subscriptions: s } = db.t
  const by = orders(db)[order]
  const below = before && or(lt(by, before.value), and(eq(by, before.value), lt(u.id, before.id)))
  return db.orm
    .select({
      id: u.id,
      name: u.name,
      email: u.email,
      role: u.role,
      state: u.state,
      createdAt: u.createdAt,
      available: a.available,
      held: a.held,
      level: s.level,
      expiresAt: s.expiresAt,
    })
    .from(u)
    .leftJoin(a, eq(a.id, u.id))
    .leftJoin(s, eq(s.userId, u.id))
    .where(and(...wanted(db, filter), below))
    .orderBy(...(order === "created" ? [] : [desc(by)]), desc(u.id))
    .limit(limit)
}

/** Ids sort by time already. */
const orders = ({ t }: Db): Record<UserOrder, SQL> => ({
  created: sql`0`,
  balance: sql`coalesce(${t.accounts.available}, 0)`,
  plan: sql`coalesce(${t.subscriptions.expiresAt}, 0)`,
})

function wanted({ t }: Db, { search, role, state, subscribedAt }: UserFilter): SQL[] {
  const { users: u, subscriptions: s } = t
  const found =
    search &&
    or(
      contains(u.nameKey, nameKeyOf(search)),
      contains(u.emailKey, emailKeyOf(search)),
      eq(u.id, search),
    )
  return [
    found,
    role && eq(u.role, role),
    state && eq(u.state, state),
    subscribedAt !== undefined && and(gt(s.expiresAt, subscribedAt), gt(s.level, 0)),
  ].filter((one) => typeof one === "object")
}

/** Everything about somebody that an administrator may see. */
export async function findUserDetail({ orm, t }: Db, id: string) {
  const { users: u, accounts: a, subscriptions: s } = t
  const [row] = await orm
    .select({
      id: u.id,
      name: u.name,
      email: u.email,
      emailVerified: u.emailVerified,
      role: u.role,
      state: u.state,
      language: u.language,
      createdAt: u.createdAt,
      available: a.available,
      held: a.held,
      level: s.level,
      expiresAt: s.expiresAt,
    })
    .from(u)
    .leftJoin(a, eq(a.id, u.id))
    .leftJoin(s, eq(s.userId, u.id))
    .where(eq(u.id, id))
  return row
}

export async function saveRole({ orm, t }: Db, id: string, role: UserRole) {
  await orm.update(t.users).set({ role }).where(eq(t.users.id, id))
}

/** A mail address an administrator vouches for; null takes it away. @throws the driver's duplicate error */
export async function assignEmail({ orm, t }: Db, id: string, email: string | null) {
  const mail = { email, emailKey: email && emailKeyOf(email), emailVerified: email !== null }
  await orm.update(t.users).set(mail).where(eq(t.users.id, id))
}

/** What was done to somebody, or to anything else by that id; the latest first. */
export async function auditOf({ orm, t }: Db, targetId: string, limit: number) {
  const { auditLog: log, users } = t
  return orm
    .select({
      id: log.id,
      at: log.at,
      act: log.act,
      actor: users.name,
      before: log.before,
      after: log.after,
    })
    .from(log)
    .leftJoin(users, eq(users.id, log.actorId))
    .where(eq(log.targetId, targetId))
    .orderBy(desc(log.id))
    .limit(limit)
}
