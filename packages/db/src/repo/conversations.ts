import { and, asc, desc, eq, isNotNull, isNull, lt, or, type SQL } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"
import { contains } from "./like.ts"

export type ConversationRow = {
  id: string
  userId: string
  title: string
  model: string
  leafId: string | null
  createdAt: number
  updatedAt: number
  /** Null until somebody asks for it. */
  number?: number | null
}

type ListOf = {
  userId: string
  search?: string | undefined
  /** The last one of the page before. */
  after?: { updatedAt: number; id: string } | undefined
  limit: number
}

/** Somebody's, the last used first. */
export async function list(
  { orm, t }: Db,
  { userId, search, after, limit }: ListOf,
): Promise<ConversationRow[]> {
  const { conversations: c } = t
  const wanted: (SQL | undefined)[] = [eq(c.userId, userId)]
  if (search) wanted.push(contains(c.title, search))
  if (after) {
    const sameTime = and(eq(c.updatedAt, after.updatedAt), lt(c.id, after.id))
    wanted.push(or(lt(c.updatedAt, after.updatedAt), sameTime))
  }
  return orm
    .select()
    .from(c)
    .where(and(...wanted))
    .orderBy(desc(c.updatedAt), desc(c.id))
    .limit(limit)
}

/** Undefined also when it is somebody else's. */
export async function find(
  { orm, t }: Db,
  { id, userId }: { id: string; userId: string },
): Promise<ConversationRow | undefined> {
  const { conversations: c } = t
  const [row] = await orm
    .select()
    .from(c)
    .where(and(eq(c.id, id), eq(c.userId, userId)))
  return row
}

export async function insert({ orm, t }: Db, row: ConversationRow): Promise<void> {
  await orm.insert(t.conversations).values(row)
}

type Edit = Partial<Pick<ConversationRow, "title" | "model" | "leafId" | "updatedAt">>

/** @returns false when there is none of this id. */
export async function edit({ orm, t }: Db, id: string, changes: Edit): Promise<boolean> {
  const { conversations: c } = t
  return affectedRows(await orm.update(c).set(changes).where(eq(c.id, id))) > 0
}

/** With its messages and its run. */
export async function remove({ orm, t }: Db, id: string): Promise<void> {
  await orm.delete(t.runs).where(eq(t.runs.conversationId, id))
  await orm.delete(t.messages).where(eq(t.messages.conversationId, id))
  await orm.delete(t.conversations).where(eq(t.conversations.id, id))
}

/** Undefined also when it is somebody else's. */
export async function findByNumber(
  { orm, t }: Db,
  { userId, number }: { userId: string; number: number },
): Promise<ConversationRow | undefined> {
  const { conversations: c } = t
  const [row] = await orm
    .select()
    .from(c)
    .where(and(eq(c.userId, userId), eq(c.number, number)))
  return row
}

/** The highest numbers first. */
export async function listNumbered(
  { orm, t }: Db,
  { userId, limit }: { userId: string; limit: number },
): Promise<{ number: number; title: string }[]> {
  const { conversations: c } = t
  const rows = await orm
    .select({ number: c.number, title: c.title })
    .from(c)
    .where(and(eq(c.userId, userId), isNotNull(c.number)))
    .orderBy(desc(c.number))
    .limit(limit)
  return rows.map(({ number, title }) => ({ number: number ?? 0, title }))
}

/** The ids of those without a number, the oldest first. */
export async function listUnnumbered({ orm, t }: Db, userId: string): Promise<string[]> {
  const { conversations: c } = t
  const rows = await orm
    .select({ id: c.id })
    .from(c)
    .where(and(eq(c.userId, userId), isNull(c.number)))
    .orderBy(asc(c.createdAt), asc(c.id))
  return rows.map(({ id }) => id)
}

const numberedAtOnce = 200

/** Numbers them in their order, from `first` on. */
export async function setNumbers(db: Db, ids: readonly string[], first: number): Promise<void> {
  for (let at = 0; at < ids.length; at += numberedAtOnce) {
    const some = ids.slice(at, at + numberedAtOnce)
    const cases = some.map(() => "when ? then ?").join(" ")
    const places = some.map(() => "?").join(", ")
    await db.run(`update conversations set number = case id ${cases} end where id in (${places})`, [
      ...some.flatMap((id, index) => [id, first + at + index]),
      ...some,
    ])
  }
}

export async function listIds({ orm, t }: Db, userId: string): Promise<string[]> {
  const { conversations: c } = t
  const rows = await orm.select({ id: c.id }).from(c).where(eq(c.userId, userId))
  return rows.map(({ id }) => id)
}
