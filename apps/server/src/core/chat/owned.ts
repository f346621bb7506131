import { conversations, type Db, messages } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import { AppError } from "../error.ts"

/**
 * The actor's own conversation. Somebody else's does not exist for them.
 *
 * @throws AppError `conversation.not-found`
 */
export async function ownedConversation(
  db: Db,
  actor: Actor,
  id: string,
): Promise<conversations.ConversationRow> {
  const { userId } = requireActive(actor)
  const row = await conversations.find(db, { id, userId })
  if (!row) throw new AppError("conversation.not-found")
  return row
}

/** A message in a conversation of the actor. @throws AppError `message.not-found` */
export async function ownedMessage(
  db: Db,
  actor: Actor,
  id: string,
): Promise<{ message: messages.MessageRow; conversation: conversations.ConversationRow }> {
  const { userId } = requireActive(actor)
  const message = await messages.find(db, id)
  const conversation =
    message && (await conversations.find(db, { id: message.conversationId, userId }))
  if (!message || !conversation) throw new AppError("message.not-found")
  return { message, conversation }
}
