import { asc, eq } from "drizzle-orm"
import type { Db } from "../db.ts"
import { isDuplicate } from "../failure.ts"

/** Everything the live view is made of. Disabled channels are left where they are. */
export async function readLiveRows({ orm, t }: Db) {
  const channels = await orm
    .select()
    .from(t.channels)
    .where(eq(t.channels.enabled, true))
    .orderBy(asc(t.channels.id))
  const prices = await orm.select().from(t.prices).orderBy(asc(t.prices.position), asc(t.prices.id))
  const plans = await orm.select().from(t.plans).orderBy(asc(t.plans.level))
  const settings = await orm.select().from(t.settings)
  const suspensions = await orm.select().from(t.suspendedKeys)
  return { channels, prices, plans, settings, suspensions }
}
export type LiveRows = Awaited<ReturnType<typeof readLiveRows>>

/** @returns 0 for a topic that nobody has changed yet. */
export async function readRevision({ orm, t }: Db, topic: string): Promise<number> {
  const [row] = await orm.select().from(t.revisions).where(eq(t.revisions.topic, topic))
  return row?.value ?? 0
}

/** Marks a topic as changed: in the same transaction as the change, or not at all. */
export async function bumpRevision(db: Db, topic: string): Promise<void> {
  await ensureRevision(db, topic)
  await db.run("update revisions set value = value + 1 where topic = ?", [topic])
}

/**
 * Bumps the revision of a topic that was never changed.
 * @returns whether it was: of any number of callers, one gets true
 */
export async function bumpFirstRevision(db: Db, topic: string): Promise<boolean> {
  await ensureRevision(db, topic)
  const sql = "update revisions set value = 1 where topic = ? and value = 0"
  return (await db.run(sql, [topic])) === 1
}

/** Of two nodes that begin with an empty table, one makes the row and the other finds it. */
async function ensureRevision({ orm, t }: Db, topic: string): Promise<void> {
  const [row] = await orm.select().from(t.revisions).where(eq(t.revisions.topic, topic))
  if (row) return
  try {
    await orm.insert(t.revisions).values({ topic, value: 0 })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
}

export async function findSetting({ orm, t }: Db, key: string): Promise<unknown> {
  const [row] = await orm.select().from(t.settings).where(eq(t.settings.key, key))
  return row?.value
}

/** Two that set a setting at once both succeed; the later one's value stays. */
export async function saveSetting(
  { orm, t }: Db,
  { key, value, updatedAt }: { key: string; value: unknown; updatedAt: number },
): Promise<void> {
  const [row] = await orm.select().from(t.settings).where(eq(t.settings.key, key))
  if (!row) {
    try {
      await orm.insert(t.settings).values({ key, value, updatedAt })
      return
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
  await orm.update(t.settings).set({ value, updatedAt }).where(eq(t.settings.key, key))
}

export async function deleteSetting({ orm, t }: Db, key: string): Promise<void> {
  await orm.delete(t.settings).where(eq(t.settings.key, key))
}
