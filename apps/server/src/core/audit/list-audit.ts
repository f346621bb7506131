import { audit } from "@nio/db"
import type { AuditView, ListAudit, Page } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

type Listed = Awaited<ReturnType<typeof audit.listAudit>>[number]

/** What administrators did, newest first. The cursor is the last id of the page before. */
export async function listAudit(
  deps: Deps,
  actor: Actor,
  { cursor, limit, ...filter }: ListAudit,
): Promise<Page<AuditView>> {
  requireAdmin(actor)
  const rows = await audit.listAudit(deps.db, {
    limit: limit + 1,
    ...(cursor && { before: cursor }),
    ...(filter.act && { act: filter.act }),
    ...(filter.actor && { actor: filter.actor }),
    ...(filter.from !== undefined && { from: filter.from }),
    ...(filter.until !== undefined && { until: filter.until }),
  })
  const items = rows.slice(0, limit).map(viewOf)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Every act there is a line of, to choose one. */
export async function listActs({ db }: Deps, actor: Actor): Promise<string[]> {
  requireAdmin(actor)
  return audit.listActs(db)
}

function viewOf({ user, channel, ...row }: Listed): AuditView {
  const target = user ?? channel ?? nameIn(row.after) ?? nameIn(row.before)
  return { ...row, target }
}

/** Of what was deleted since, as it was called then. */
const nameIn = (value: unknown): string | null =>
  typeof value === "object" && value !== null && "name" in value && typeof value.name === "string"
    ? value.name
    : null
