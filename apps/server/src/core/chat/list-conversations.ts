import { conversations } from "@nio/db"
import type { ConversationSummary, Page, PageInput } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** The actor's conversations, the last used first; `search` looks in titles. */
export async function listConversations(
  deps: Deps,
  actor: Actor,
  { search, cursor, limit }: PageInput,
): Promise<Page<ConversationSummary>> {
  const { userId } = requireActive(actor)
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const rows = await conversations.list(deps.db, { userId, search, after, limit: limit + 1 })
  const items = rows.slice(0, limit).map(summary)
  const last = items.at(-1)
  return { items, next: last && rows.length > limit ? `${last.updatedAt}.${last.id}` : null }
}

export const summary = ({
  id,
  title,
  model,
  updatedAt,
}: conversations.ConversationRow): ConversationSummary => ({ id, title, model, updatedAt })

/** @throws AppError `input.invalid` */
function readCursor(cursor: string) {
  const [, updatedAt, id] = /^(\d{1,15})\.(.{1,36})$/.exec(cursor) ?? []
  if (!updatedAt || !id) throw new AppError("input.invalid", { detail: "no such cursor" })
  return { updatedAt: Number(updatedAt), id }
}
