import { and, eq, inArray, lt, ne } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

export type RunRow = {
  id: string
  conversationId: string
  messageId: string
  userId: string
  nodeId: string
  seq: number
  stopAsked: boolean
  startedAt: number
  aliveUntil: number
}

/** @throws the driver's duplicate error when the conversation has a run. */
export async function insert({ orm, t }: Db, row: RunRow): Promise<void> {
  await orm.insert(t.runs).values(row)
}

export async function find({ orm, t }: Db, id: string): Promise<RunRow | undefined> {
  const [row] = await orm.select().from(t.runs).where(eq(t.runs.id, id))
  return row
}

export async function findOf({ orm, t }: Db, conversationId: string): Promise<RunRow | undefined> {
  const [row] = await orm.select().from(t.runs).where(eq(t.runs.conversationId, conversationId))
  return row
}

/** Those of one node. */
export async function listOf({ orm, t }: Db, nodeId: string): Promise<RunRow[]> {
  return orm.select().from(t.runs).where(eq(t.runs.nodeId, nodeId))
}

/** Those of all nodes but one. */
export async function listElsewhere({ orm, t }: Db, nodeId: string): Promise<RunRow[]> {
  return orm.select().from(t.runs).where(ne(t.runs.nodeId, nodeId))
}

/** Those nobody has kept alive until `now`. */
export async function listStale({ orm, t }: Db, now: number): Promise<RunRow[]> {
  return orm.select().from(t.runs).where(lt(t.runs.aliveUntil, now))
}

/** Says that these live, at least until then. At most a thousand at a time. */
export async function renew({ orm, t }: Db, ids: readonly string[], aliveUntil: number) {
  await orm
    .update(t.runs)
    .set({ aliveUntil })
    .where(inArray(t.runs.id, [...ids]))
}

/** How far the message's row has got. @returns false when the run is no more. */
export async function move({ orm, t }: Db, id: string, seq: number): Promise<boolean> {
  return affectedRows(await orm.update(t.runs).set({ seq }).where(eq(t.runs.id, id))) > 0
}

export async function askStop({ orm, t }: Db, id: string): Promise<void> {
  await orm.update(t.runs).set({ stopAsked: true }).where(eq(t.runs.id, id))
}

/** @returns false when it was gone already: of several callers, one gets true. */
export async function remove({ orm, t }: Db, id: string): Promise<boolean> {
  return affectedRows(await orm.delete(t.runs).where(eq(t.runs.id, id))) > 0
}

/** The same, unless somebody has kept it alive meanwhile. */
export async function removeStale({ orm, t }: Db, id: string, now: number): Promise<boolean> {
  const { runs: r } = t
  const gone = await orm.delete(r).where(and(eq(r.id, id), lt(r.aliveUntil, now)))
  return affectedRows(gone) > 0
}

/** How far it is saved, and the text as of then. */
export async function progress({ orm, t }: Db, id: string) {
  const { runs: r, messages: m } = t
  const [row] = await orm
    .select({
      conversationId: r.conversationId,
      messageId: r.messageId,
      nodeId: r.nodeId,
      seq: r.seq,
      text: m.text,
      reasoning: m.reasoning,
    })
    .from(r)
    .innerJoin(m, eq(m.id, r.messageId))
    .where(eq(r.id, id))
  return row
}
