import { and, desc, eq, lt, or, type SQL } from "drizzle-orm"
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
