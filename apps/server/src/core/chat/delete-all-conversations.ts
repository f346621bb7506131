import { conversations } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { deleteConversation } from "./delete-conversation.ts"

/** Deletes every conversation of the actor for good. */
export async function deleteAllConversations(deps: Deps, actor: Actor): Promise<void> {
  const { userId } = requireActive(actor)
  for (const id of await conversations.listIds(deps.db, userId)) {
    try {
      await deleteConversation(deps, actor, id)
    } catch (error) {
      // Somebody else was faster.
      if (AppError.from(error).code !== "conversation.not-found") throw error
    }
  }
}
