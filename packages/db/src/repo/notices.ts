import { desc } from "drizzle-orm"
import type { Db } from "../db.ts"

/** The one that is shown. */
export async function latest({ orm, t }: Db): Promise<{ text: string; createdAt: number } | null> {
  const { text, createdAt, id } = t.notices
  const [row] = await orm
    .select({ text, createdAt })
    .from(t.notices)
    .orderBy(desc(createdAt), desc(id))
    .limit(1)
  return row ?? null
}
