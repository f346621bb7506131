import { conversations, type Db, messages } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { newMessage } from "./new-message.ts"
import { ownedConversation } from "./owned.ts"
import { messagesTo } from "./window.ts"

/** A message by its place on the path its owner looks at, from 0. */
type Place = { id: string; index: number }

/**
 * Gives a message on the path other words, and what follows stays. The old words, and what followed
 * them, are kept beside it, as ever.
 *
 * @throws AppError `conversation.not-found`, `message.not-found`, `run.active`
 */
export async function editOnPath(
  deps: Deps,
  actor: Actor,
  { id, index, text }: Place & { text: string },
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const { message, rest } = await placeOf(tx, actor, { id, index })
    let parentId = message.parentId
    for (const old of [message, ...rest]) {
      const { role, images, model, state, failure } = old
      const copy = newMessage(deps, { conversationId: id, parentId, role, images, model })
      const words = old === message ? text : old.text
      await messages.insert(tx, { ...copy, text: words, reasoning: old.reasoning, state, failure })
      parentId = copy.id
    }
    await conversations.edit(tx, id, { leafId: parentId })
  })
}

/**
 * Takes a message off the path, for good; what followed it follows what came before.
 *
 * @throws AppError `conversation.not-found`, `message.not-found`, `run.active`
 */
export async function removeFromPath(deps: Deps, actor: Actor, place: Place): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const { message, rest } = await placeOf(tx, actor, place)
    const { id } = place
    await messages.moveChildren(tx, id, { from: message.id, to: message.parentId })
    await messages.remove(tx, message.id)
    if (rest.length === 0) await conversations.edit(tx, id, { leafId: message.parentId })
  })
}

/** The message at this place, and what follows it on the path. */
async function placeOf(tx: Db, actor: Actor, { id, index }: Place) {
  const { leafId } = await ownedConversation(tx, actor, id)
  const path = leafId === null ? [] : await messagesTo(tx, id, leafId)
  if (path.some(({ state }) => state === "writing")) throw new AppError("run.active")
  const message = path[index]
  if (!message) throw new AppError("message.not-found")
  return { message, rest: path.slice(index + 1) }
}
