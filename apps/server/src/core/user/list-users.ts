import { userList } from "@nio/db"
import type { ListUsers, Page, UserView } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

type Listed = Awaited<ReturnType<typeof userList.listUsers>>[number]

/** Whoever has an account, with points and plan. The cursor is where the page before ended. */
export async function listUsers(
  { db, now }: Deps,
  actor: Actor,
  { search, cursor, limit, order, show }: ListUsers,
): Promise<Page<UserView>> {
  requireAdmin(actor)
  const rows = await userList.listUsers(db, {
    order,
    limit: limit + 1,
    ...(search && { search }),
    ...(show === "admin" && { role: show }),
    ...(show === "banned" && { state: show }),
    ...(show === "subscribed" && { subscribedAt: now() }),
    ...(cursor && { before: placeOf(cursor) }),
  })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last ? `${orderedBy(last, order)}:${last.id}` : null
  return { items: shown.map((row) => userView(row, now())), next }
}

export function userView({ level, expiresAt, ...row }: Listed, now: number): UserView {
  const runs = level !== null && level > 0 && expiresAt !== null && expiresAt > now
  return {
    ...row,
    available: row.available ?? 0,
    held: row.held ?? 0,
    plan: runs ? { level, expiresAt } : null,
  }
}

function orderedBy({ available, expiresAt }: Listed, order: ListUsers["order"]): number {
  if (order === "created") return 0
  return (order === "balance" ? available : expiresAt) ?? 0
}

/** A cursor that nobody gave out is a place like any other. */
function placeOf(cursor: string): userList.UserPlace {
  const [value = "", id = ""] = cursor.split(":")
  return { value: Number.parseInt(value, 10) || 0, id }
}
