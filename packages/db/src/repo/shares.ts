import { and, desc, eq } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

export type ShareRow = {
  id: string
  userId: string
  conversationId: string | null
  title: string
  model: string
  messages: unknown
  createdAt: number
}

export async function insert({ orm, t }: Db, row: ShareRow): Promise<void> {
  await orm.insert(t.shares).values(row)
}

/** With the name of whoever shared it; not of accounts that are banned or deleted. */
export async function find(
  { orm, t }: Db,
  id: string,
): Promise<(ShareRow & { userName: string }) | undefined> {
  const { shares, users } = t
  const [row] = await orm
    .select({ share: shares, userName: users.name })
    .from(shares)
    .innerJoin(users, eq(users.id, shares.userId))
    .where(and(eq(shares.id, id), eq(users.state, "active")))
  return row && { ...row.share, userName: row.userName }
}

/** Somebody's, the newest first, without their messages. */
export async function list(
  { orm, t }: Db,
  { userId, limit }: { userId: string; limit: number },
): Promise<(Pick<ShareRow, "id" | "title" | "createdAt"> & { number: number | null })[]> {
  const { shares, conversations } = t
  const { id, title, createdAt } = shares
  return orm
    .select({ id, title, createdAt, number: conversations.number })
    .from(shares)
    .leftJoin(conversations, eq(conversations.id, shares.conversationId))
    .where(eq(shares.userId, userId))
    .orderBy(desc(createdAt), desc(id))
    .limit(limit)
}

/** @returns false when there is none of theirs. */
export async function remove(
  { orm, t }: Db,
  { id, userId }: { id: string; userId: string },
): Promise<boolean> {
  const { shares: s } = t
  return affectedRows(await orm.delete(s).where(and(eq(s.id, id), eq(s.userId, userId)))) > 0
}
