import { statement } from "@nio/db"
import type {
  ListSiteStatement,
  ListStatement,
  Page,
  SiteStatementEntry,
  StatementEntry,
} from "../../contract/index.ts"
import { type Actor, requireActive, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { entryOf, siteEntryOf, userOf } from "./entry.ts"
import { type Movement, readMovements } from "./movement.ts"

/** Where the actor's own points came from and went to, the newest first. */
export async function listStatement(
  deps: Deps,
  actor: Actor,
  input: ListStatement,
): Promise<Page<StatementEntry>> {
  const { userId } = requireActive(actor)
  const { movements, next } = await page(deps, { ...input, userId })
  return { items: movements.map(entryOf), next }
}

/** The same of anybody, or of everybody, with what is the operator's to know. */
export async function listSiteStatement(
  deps: Deps,
  actor: Actor,
  input: ListSiteStatement,
): Promise<Page<SiteStatementEntry>> {
  requireAdmin(actor)
  const { movements, next } = await page(deps, input)
  const names = await statement.namesOf(deps.db, [...new Set(movements.map(userOf))])
  return { items: movements.map((one) => siteEntryOf(one, names)), next }
}

async function page(deps: Deps, { cursor, limit, ...filter }: ListSiteStatement) {
  const before = cursor === undefined ? undefined : placeOf(cursor)
  const found = await readMovements(deps, filter, { limit: limit + 1, before })
  const movements = found.slice(0, limit)
  return { movements, next: found.length > limit ? cursorOf(movements.at(-1)) : null }
}

const cursorOf = (movement: Movement | undefined) =>
  movement ? `${movement.at}:${movement.id}` : null

/** A cursor that nobody gave out is a place like any other. */
function placeOf(cursor: string): statement.Place {
  const [at = "", id = ""] = cursor.split(":")
  return { at: Number.parseInt(at, 10) || 0, id }
}
