import { users } from "@nio/db"
import type { Page, PageInput, UserView } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** Newest first, with the points of each. The cursor is the last id of the page before. */
export async function listUsers(
  deps: Deps,
  actor: Actor,
  { search, cursor, limit }: PageInput,
): Promise<Page<UserView>> {
  requireAdmin(actor)
  const rows = await users.listUserRows(deps.db, {
    limit: limit + 1,
    ...(search && { search }),
    ...(cursor && { before: cursor }),
  })
  const items = rows
    .slice(0, limit)
    .map((row) => ({ ...row, available: row.available ?? 0, held: row.held ?? 0 }))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
