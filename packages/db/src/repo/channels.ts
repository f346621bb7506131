import { and, asc, eq } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

export type ChannelRow = {
  id: string
  name: string
  enabled: boolean
  config: unknown
  secrets: unknown
  updatedAt: number
}

/** All of them, also those that are switched off, in the order they were made. */
export const list = ({ orm, t }: Db): Promise<ChannelRow[]> =>
  orm.select().from(t.channels).orderBy(asc(t.channels.id))

export async function find({ orm, t }: Db, id: string): Promise<ChannelRow | undefined> {
  const [row] = await orm.select().from(t.channels).where(eq(t.channels.id, id))
  return row
}

export async function insert({ orm, t }: Db, row: ChannelRow): Promise<void> {
  await orm.insert(t.channels).values(row)
}

export async function save({ orm, t }: Db, { id, ...row }: ChannelRow): Promise<void> {
  await orm.update(t.channels).set(row).where(eq(t.channels.id, id))
}

/** Puts `secrets` in place of those of a row as it was read. @returns false when it was changed since */
export async function seal(
  { orm, t }: Db,
  { id, updatedAt }: Pick<ChannelRow, "id" | "updatedAt">,
  secrets: unknown,
): Promise<boolean> {
  const same = and(eq(t.channels.id, id), eq(t.channels.updatedAt, updatedAt))
  return affectedRows(await orm.update(t.channels).set({ secrets }).where(same)) > 0
}

/** @returns false when it was not there. */
export async function remove({ orm, t }: Db, id: string): Promise<boolean> {
  return affectedRows(await orm.delete(t.channels).where(eq(t.channels.id, id))) > 0
}
