import { conversations } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { ownedConversation } from "./owned.ts"

/** Does not move it in the list. @throws AppError `conversation.not-found` */
export async function renameConversation(
  deps: Deps,
  actor: Actor,
  id: string,
  title: string,
): Promise<null> {
  await ownedConversation(deps.db, actor, id)
  await conversations.edit(deps.db, id, { title })
  return null
}
