import { asc } from "drizzle-orm"
import type { Db } from "../db.ts"

/** How models are shown, in their order. `entry` as it was stored. */
export async function list({ orm, t }: Db): Promise<{ model: string; entry: unknown }[]> {
  const { model, entry, position } = t.marketEntries
  return orm.select({ model, entry }).from(t.marketEntries).orderBy(asc(position), asc(model))
}
