import type { Db } from "../db.ts"

export type PlanRow = { level: number; plan: unknown; updatedAt: number }

/** Puts these in the place of all there are. */
export async function replaceAll({ orm, t }: Db, rows: readonly PlanRow[]): Promise<void> {
  await orm.delete(t.plans)
  if (rows.length > 0) await orm.insert(t.plans).values([...rows])
}
