import { shares } from "@nio/db"
import type { SharedMessage } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import { ownedConversation } from "../chat/owned.ts"
import { readPath } from "../chat/read-path.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { newToken } from "../identity/token.ts"

/** What one share may hold, pictures included: what one database packet takes. */
const shareCharsMax = 12_000_000

/**
 * Shows a conversation of the actor, as its path is now, to everybody who knows the address. A copy:
 * what is said later stays private, and so does everything else when `indexes` names some of the
 * messages, by their places on the path.
 *
 * @returns the name in the address, which nobody can guess
 * @throws AppError `conversation.not-found`, `message.not-found`, `input.too-large`
 */
export async function shareConversation(
  deps: Deps,
  actor: Actor,
  { conversationId, indexes }: { conversationId: string; indexes?: readonly number[] },
): Promise<{ id: string }> {
  const { title, model } = await ownedConversation(deps.db, actor, conversationId)
  const path = await readPath(deps, actor, conversationId)
  const chosen = indexes ? [...new Set(indexes)].map((index) => path[index]) : path
  const messages = chosen.map((message): SharedMessage => {
    if (!message) throw new AppError("message.not-found")
    const { role, text, images } = message
    return { role, text, images }
  })
  if (messages.length === 0) throw new AppError("message.not-found")
  if (JSON.stringify(messages).length > shareCharsMax)
    throw new AppError("input.too-large", { limit: `${shareCharsMax} characters` })
  const id = newToken()
  const { userId } = actor
  const createdAt = deps.now()
  await shares.insert(deps.db, { id, userId, conversationId, title, model, messages, createdAt })
  return { id }
}
