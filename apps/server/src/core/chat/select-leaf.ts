import { conversations, messages } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { ownedConversation } from "./owned.ts"

/**
 * Remembers which path of the tree is shown: the one that ends in `leafId`.
 *
 * @throws AppError `conversation.not-found`, `message.not-found`
 */
export async function selectLeaf(
  deps: Deps,
  actor: Actor,
  id: string,
  leafId: string,
): Promise<null> {
  await ownedConversation(deps.db, actor, id)
  const leaf = await messages.find(deps.db, leafId)
  if (leaf?.conversationId !== id) throw new AppError("message.not-found")
  await conversations.edit(deps.db, id, { leafId })
  return null
}
