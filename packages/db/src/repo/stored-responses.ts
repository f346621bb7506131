import { and, count, desc, eq, gt, inArray, lt, lte, or } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"
import { contains } from "./like.ts"

/** An answer of the Responses API that is kept for the key that asked for it. */
export type StoredResponse = {
  id: string
  keyId: string
  userId: string
  previousId: string | null
  channelId: string | null
  upstreamId: string | null
  input: unknown
  body: unknown
  createdAt: number
  expiresAt: number
}

type Named = { keyId: string; id: string }

export async function insert({ orm, t }: Db, row: StoredResponse): Promise<void> {
  await orm.insert(t.storedResponses).values(row)
}

/** Writes how an answer that was begun has ended. @returns false when it is gone */
export async function update(
  { orm, t }: Db,
  { keyId, id }: Named,
  changes: Partial<Pick<StoredResponse, "body" | "channelId" | "upstreamId">>,
): Promise<boolean> {
  const { storedResponses: table } = t
  const mine = and(eq(table.id, id), eq(table.keyId, keyId))
  return affectedRows(await orm.update(table).set(changes).where(mine)) > 0
}

export async function find({ orm, t }: Db, { keyId, id }: Named) {
  const { storedResponses: table } = t
  const [row] = await orm
    .select()
    .from(table)
    .where(and(eq(table.id, id), eq(table.keyId, keyId)))
  return row as StoredResponse | undefined
}

/**
 * The answers that lead to this one and itself, newest first, `max` at most: however many there are,
 * in two questions to the database.
 */
export async function findChain(db: Db, { keyId, id }: Named, max: number) {
  const links = await db.rows<{ id: string }>(
    `with recursive chain (id, previous_id, depth) as (
       select id, previous_id, 1 from stored_responses where id = ? and key_id = ?
       union all
       select r.id, r.previous_id, c.depth + 1 from stored_responses r
       join chain c on r.id = c.previous_id where r.key_id = ? and c.depth < ?
     ) select id from chain order by depth`,
    [id, keyId, keyId, max],
  )
  if (links.length === 0) return []
  const { storedResponses: table } = db.t
  const ids = links.map((link) => link.id)
  const rows = await db.orm.select().from(table).where(inArray(table.id, ids))
  const byId = new Map((rows as StoredResponse[]).map((row) => [row.id, row]))
  return ids.flatMap((known) => byId.get(known) ?? [])
}

/** The latest answer in which an item of that id was said or asked. */
export async function findByItem({ orm, t }: Db, { keyId, id }: Named) {
  const { storedResponses: table } = t
  const [row] = await orm
    .select()
    .from(table)
    .where(and(eq(table.keyId, keyId), or(contains(table.body, id), contains(table.input, id))))
    .orderBy(desc(table.createdAt))
    .limit(1)
  return row as StoredResponse | undefined
}

/** @returns false when it was not there */
export async function remove({ orm, t }: Db, { keyId, id }: Named): Promise<boolean> {
  const { storedResponses: table } = t
  const mine = and(eq(table.id, id), eq(table.keyId, keyId))
  return affectedRows(await orm.delete(table).where(mine)) > 0
}

export async function removeExpired({ orm, t }: Db, now: number): Promise<void> {
  await orm.delete(t.storedResponses).where(lt(t.storedResponses.expiresAt, now))
}

/** Leaves each key its newest `max`. */
export async function removeBeyond({ orm, t }: Db, max: number): Promise<void> {
  const { storedResponses: table } = t
  const full = await orm
    .select({ keyId: table.keyId })
    .from(table)
    .groupBy(table.keyId)
    .having(gt(count(), max))
  for (const { keyId } of full) {
    const mine = eq(table.keyId, keyId)
    const [oldest] = await orm
      .select({ at: table.createdAt })
      .from(table)
      .where(mine)
      .orderBy(desc(table.createdAt))
      .limit(1)
      .offset(max)
    if (oldest) await orm.delete(table).where(and(mine, lte(table.createdAt, oldest.at)))
  }
}
