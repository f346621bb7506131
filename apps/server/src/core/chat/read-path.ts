import type { messages } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { imagesOf } from "./message-view.ts"
import { ownedConversation } from "./owned.ts"
import { messagesTo } from "./window.ts"

/** A message with its pictures whole, as they were sent. */
export type PathMessage = Omit<messages.MessageRow, "images"> & { images: string[] }

/**
 * What its owner sees of a conversation: the path that ends in its leaf.
 * @throws AppError `conversation.not-found`
 */
export async function readPath(deps: Deps, actor: Actor, id: string): Promise<PathMessage[]> {
  const { leafId } = await ownedConversation(deps.db, actor, id)
  const rows = leafId === null ? [] : await messagesTo(deps.db, id, leafId)
  return rows.map((row) => ({ ...row, images: imagesOf(row) }))
}
