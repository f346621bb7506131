import { and, asc, eq, inArray, isNull } from "drizzle-orm"
import type { Db } from "../db.ts"
import type { MessageRole, MessageState } from "../schema/chat.ts"

export type MessageRow = {
  id: string
  conversationId: string
  parentId: string | null
  role: MessageRole
  text: string
  reasoning: string
  images: unknown
  model: string | null
  state: MessageState
  failure: unknown
  inputTokens: number | null
  outputTokens: number | null
  charge: number | null
  createdAt: number
  finishedAt: number | null
}

/** A conversation's whole tree, the oldest first. */
export async function list({ orm, t }: Db, conversationId: string): Promise<MessageRow[]> {
  const { messages: m } = t
  return orm.select().from(m).where(eq(m.conversationId, conversationId)).orderBy(asc(m.id))
}

/** The same tree without its contents. */
export async function listLinks({ orm, t }: Db, conversationId: string) {
  const { messages: m } = t
  return orm
    .select({ id: m.id, parentId: m.parentId })
    .from(m)
    .where(eq(m.conversationId, conversationId))
}

export async function find({ orm, t }: Db, id: string): Promise<MessageRow | undefined> {
  const [row] = await orm.select().from(t.messages).where(eq(t.messages.id, id))
  return row
}

/** In no order. */
export async function findAll({ orm, t }: Db, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return []
  return orm
    .select()
    .from(t.messages)
    .where(inArray(t.messages.id, [...ids]))
}

export async function insert({ orm, t }: Db, row: MessageRow): Promise<void> {
  await orm.insert(t.messages).values(row)
}

/** At most a few hundred. */
export async function insertAll({ orm, t }: Db, rows: MessageRow[]): Promise<void> {
  if (rows.length > 0) await orm.insert(t.messages).values(rows)
}

export async function edit(
  { orm, t }: Db,
  id: string,
  changes: Partial<Omit<MessageRow, "id" | "conversationId" | "parentId">>,
): Promise<void> {
  await orm.update(t.messages).set(changes).where(eq(t.messages.id, id))
}

/** Only of messages that nobody is writing any more is the text final. */
export async function markInterrupted({ orm, t }: Db, id: string, now: number): Promise<void> {
  const { messages: m } = t
  await orm
    .update(m)
    .set({ state: "interrupted", finishedAt: now })
    .where(and(eq(m.id, id), eq(m.state, "writing")))
}

/** What follows `from` follows `to` from now on; null stands for the beginning. */
export async function moveChildren(
  { orm, t }: Db,
  conversationId: string,
  { from, to }: { from: string | null; to: string | null },
): Promise<void> {
  const { messages: m } = t
  const below = from === null ? isNull(m.parentId) : eq(m.parentId, from)
  await orm
    .update(m)
    .set({ parentId: to })
    .where(and(eq(m.conversationId, conversationId), below))
}

export async function remove({ orm, t }: Db, id: string): Promise<void> {
  await orm.delete(t.messages).where(eq(t.messages.id, id))
}
