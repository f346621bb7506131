import { conversations, type Db, messages } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { newMessage } from "./new-message.ts"
import { ownedConversation } from "./owned.ts"

/** What a conversation can begin with: a preset's messages, or those somebody shared. */
export type Opening = Pick<messages.MessageRow, "role" | "text"> & { images?: string[] }

/**
 * Makes a conversation in which something has been said already.
 * @returns its id, and where it goes on
 */
export async function startConversation(
  deps: Deps,
  actor: Actor,
  { title, model, opening }: { title: string; model: string; opening: readonly Opening[] },
): Promise<{ id: string; leafId: string | null }> {
  const { userId } = requireActive(actor)
  const id = deps.newId()
  const now = deps.now()
  return deps.db.transaction(async (tx) => {
    const leafId = await chain(deps, tx, id, opening)
    await conversations.insert(tx, {
      id,
      userId,
      title,
      model,
      leafId,
      createdAt: now,
      updatedAt: now,
    })
    return { id, leafId }
  })
}

/**
 * Puts messages in front of everything that was said in a conversation.
 * @throws AppError `conversation.not-found`
 */
export async function prependMessages(
  deps: Deps,
  actor: Actor,
  id: string,
  opening: readonly Opening[],
): Promise<void> {
  if (opening.length === 0) return
  await deps.db.transaction(async (tx) => {
    const conversation = await ownedConversation(tx, actor, id)
    // Out of the way of the old beginning, which is found by having nothing before it.
    const [first, ...rest] = opening
    const firstId = deps.newId()
    const last = await chain(deps, tx, id, rest, firstId)
    await messages.moveChildren(tx, id, { from: null, to: last })
    await messages.insert(
      tx,
      newMessage(deps, { conversationId: id, parentId: null, id: firstId, ...first! }),
    )
    if (conversation.leafId === null) await conversations.edit(tx, id, { leafId: last })
  })
}

/** Stores messages one after the other. @returns the last one's id */
async function chain(
  deps: Deps,
  tx: Db,
  conversationId: string,
  opening: readonly Opening[],
  after: string | null = null,
): Promise<string | null> {
  let parentId = after
  for (const one of opening) {
    const message = newMessage(deps, { conversationId, parentId, ...one })
    await messages.insert(tx, message)
    parentId = message.id
  }
  return parentId
}
