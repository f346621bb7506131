import { and, count, desc, eq } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

export type PresetRow = {
  id: string
  userId: string
  number: number
  name: string
  avatar: string
  description: string
  messages: unknown
  createdAt: number
  updatedAt: number
}

/** Somebody's, the newest first. */
export async function list({ orm, t }: Db, userId: string): Promise<PresetRow[]> {
  const { presets: p } = t
  return orm.select().from(p).where(eq(p.userId, userId)).orderBy(desc(p.number))
}

export async function countOf({ orm, t }: Db, userId: string): Promise<number> {
  const [row] = await orm
    .select({ presets: count() })
    .from(t.presets)
    .where(eq(t.presets.userId, userId))
  return row?.presets ?? 0
}

export async function insert({ orm, t }: Db, row: PresetRow): Promise<void> {
  await orm.insert(t.presets).values(row)
}

type Whose = { userId: string; number: number }
type Edit = Partial<Omit<PresetRow, "id" | "userId" | "number" | "createdAt">>

/** @returns false when there is none of theirs. */
export async function edit(db: Db, { userId, number }: Whose, changes: Edit): Promise<boolean> {
  const { presets: p } = db.t
  const theirs = and(eq(p.userId, userId), eq(p.number, number))
  return affectedRows(await db.orm.update(p).set(changes).where(theirs)) > 0
}

/** @returns false when there is none of theirs. */
export async function remove({ orm, t }: Db, { userId, number }: Whose): Promise<boolean> {
  const { presets: p } = t
  const theirs = and(eq(p.userId, userId), eq(p.number, number))
  return affectedRows(await orm.delete(p).where(theirs)) > 0
}
