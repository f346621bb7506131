import { conversations, numbers } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { ownedConversation } from "./owned.ts"

/** As many as clients that know conversations by their number are told of. */
const listedMax = 100

/** The actor's conversations by their numbers, the highest first. Those without one get it now. */
export async function listByNumber(
  deps: Deps,
  actor: Actor,
): Promise<{ number: number; title: string }[]> {
  const { userId } = requireActive(actor)
  await giveNumbers(deps, userId)
  return conversations.listNumbered(deps.db, { userId, limit: listedMax })
}

/** @throws AppError `conversation.not-found` */
export async function findByNumber(
  deps: Deps,
  actor: Actor,
  number: number,
): Promise<conversations.ConversationRow> {
  const { userId } = requireActive(actor)
  const row = await conversations.findByNumber(deps.db, { userId, number })
  if (!row) throw new AppError("conversation.not-found")
  return row
}

/** The number of a conversation, which it gets when it has none. @throws AppError `conversation.not-found` */
export async function numberOf(deps: Deps, actor: Actor, id: string): Promise<number> {
  const { number } = await ownedConversation(deps.db, actor, id)
  if (number) return number
  await giveNumbers(deps, actor.userId)
  return (await ownedConversation(deps.db, actor, id)).number ?? 0
}

/** Older conversations get lower numbers. No number is given twice, also not that of a deleted one. */
async function giveNumbers({ db }: Deps, userId: string): Promise<void> {
  if ((await conversations.listUnnumbered(db, userId)).length === 0) return
  await db.transaction(async (tx) => {
    const first = await numbers.next(tx, userId)
    const ids = await conversations.listUnnumbered(tx, userId)
    if (ids.length === 0) return
    await conversations.setNumbers(tx, ids, first)
    await numbers.taken(tx, userId, first + ids.length - 1)
  })
}
