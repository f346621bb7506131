import { statement } from "@nio/db"
import type { SiteStatementTotals, StatementSums, StatementTotals } from "../../contract/index.ts"
import { type Actor, requireActive, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

const dayMs = 86_400_000

/** What the actor's own answers cost, by day, model and key. */
export async function sumStatement(
  deps: Deps,
  actor: Actor,
  input: StatementTotals,
): Promise<StatementSums> {
  const { userId } = requireActive(actor)
  return sumsOf(deps, { ...input, userId })
}

/** The same of anybody, or of everybody: then by the hour's sums, which know no keys. */
export async function sumSiteStatement(
  deps: Deps,
  actor: Actor,
  { userId, ...input }: SiteStatementTotals,
): Promise<StatementSums> {
  requireAdmin(actor)
  if (userId !== undefined) return sumsOf(deps, { ...input, userId })
  const [byDay, byModel] = await Promise.all([
    statement.siteByDay(deps.db, input, input.utcOffset * 60_000),
    statement.siteByModel(deps.db, input),
  ])
  return { byDay: byDay.map(dated), byModel, byKey: [] }
}

async function sumsOf(
  { db }: Deps,
  { utcOffset, ...span }: StatementTotals & { userId: string },
): Promise<StatementSums> {
  const [byDay, byModel, byKey] = await Promise.all([
    statement.totalsByDay(db, span, utcOffset * 60_000),
    statement.totalsByModel(db, span),
    statement.totalsByKey(db, span),
  ])
  return {
    byDay: byDay.map(dated),
    byModel,
    byKey: byKey.map(({ keyId, name, ...used }) => ({
      ...used,
      key: keyId === null ? null : { id: keyId, name: name ?? "" },
    })),
  }
}

const dated = <Used>({ day, ...used }: Used & { day: number }) => ({
  ...used,
  day: new Date(day * dayMs).toISOString().slice(0, 10),
})
