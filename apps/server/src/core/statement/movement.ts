import { statement } from "@nio/db"
import type { SiteStatementFilter } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"

/** A transfer, or the usage line of an answer, or both where an answer cost something. */
export type Movement = statement.Place & {
  transfer?: statement.TransferListed
  usage?: statement.UsageListed
}

/**
 * What a filter lets through, the newest first, from below `before`. Three lists in the order of
 * time, each no longer than `limit`, are laid upon each other: an answer's transfer and its usage line have
 * the same id and time, and so become one.
 */
export async function readMovements(
  { db }: Pick<Deps, "db">,
  { kind, model, keyId, userId, from, until }: SiteStatementFilter,
  { limit, before }: { limit: number; before?: statement.Place | undefined },
): Promise<Movement[]> {
  const span = { from, until, limit, ...(userId && { userId }), ...(before && { before }) }
  const narrow = { ...(model && { model }), ...(keyId && { keyId }) }
  const only = model || keyId ? "answer" : kind
  const has = (one: typeof only) => only === undefined || only === one

  const [credits, debits, lines] = await Promise.all([
    has("credit") ? statement.listCredits(db, span) : [],
    has("debit") ? statement.listDebits(db, { ...span, answers: only === undefined }) : [],
    has("answer") ? statement.listUsage(db, { ...span, ...narrow }) : [],
  ])
  const byId = new Map<string, Movement>()
  for (const usage of lines) byId.set(usage.line.id, { ...placeOf(usage), usage })
  for (const transfer of [...credits, ...debits]) {
    const { id, createdAt: at } = transfer
    byId.set(id, { ...byId.get(id), id, at, transfer })
  }
  return [...byId.values()].sort(newestFirst).slice(0, limit)
}

const placeOf = ({ line }: statement.UsageListed): statement.Place => ({ at: line.at, id: line.id })

const newestFirst = (a: statement.Place, b: statement.Place) =>
  b.at - a.at || (a.id < b.id ? 1 : -1)
