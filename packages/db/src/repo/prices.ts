import { asc, eq, max } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"
import type { PriceType } from "../schema/routing.ts"

export type PriceRow = {
  id: string
  position: number
  type: PriceType
  models: unknown
  input: number
  output: number
  anonymous: boolean
  updatedAt: number
  details?: unknown
}

/** In the order in which they are looked up. */
export const list = ({ orm, t }: Db): Promise<PriceRow[]> =>
  orm.select().from(t.prices).orderBy(asc(t.prices.position), asc(t.prices.id))

export async function find({ orm, t }: Db, id: string): Promise<PriceRow | undefined> {
  const [row] = await orm.select().from(t.prices).where(eq(t.prices.id, id))
  return row
}

export async function insert({ orm, t }: Db, row: PriceRow): Promise<void> {
  await orm.insert(t.prices).values(row)
}

/** Behind all others. Two that are made at once share a position and are told apart by id. */
export async function append({ orm, t }: Db, row: Omit<PriceRow, "position">): Promise<void> {
  const [last] = await orm.select({ position: max(t.prices.position) }).from(t.prices)
  await orm.insert(t.prices).values({ ...row, position: (last?.position ?? 0) + 1 })
}

export async function save(
  { orm, t }: Db,
  { id, ...row }: Omit<PriceRow, "position">,
): Promise<void> {
  await orm.update(t.prices).set(row).where(eq(t.prices.id, id))
}

/** @returns false when it was not there. */
export async function remove({ orm, t }: Db, id: string): Promise<boolean> {
  return affectedRows(await orm.delete(t.prices).where(eq(t.prices.id, id))) > 0
}
