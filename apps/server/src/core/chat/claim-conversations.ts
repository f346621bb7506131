import { conversations, type Db, messages } from "@nio/db"
import type { ClaimConversations } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { newMessage } from "./new-message.ts"
import { once } from "./once.ts"

type Claimed = ClaimConversations["conversations"][number]

/** Calls: somebody claims once, when they sign up, large conversations one by one. */
const perUser: Bucket = { capacity: 20, perSecond: 1 / 600 }

/**
 * Takes over conversations that the actor's browser kept before they signed in. A repeat adds nothing.
 * @returns how many there were
 * @throws AppError `rate.limited`
 */
export async function claimConversations(
  deps: Deps,
  actor: Actor,
  { conversations: claimed }: ClaimConversations,
): Promise<{ claimed: number }> {
  requireActive(actor)
  const waitMs = await deps.kv.spend(`claim:${actor.userId}`, perUser)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
  for (const one of claimed)
    await once(deps, actor, `claim:${one.id}`, () =>
      deps.db.transaction((tx) => take(deps, tx, actor, one)),
    )
  return { claimed: claimed.length }
}

/** One line of messages, each under the one before. */
async function take(deps: Deps, tx: Db, { userId }: Actor, one: Claimed): Promise<string> {
  const createdAt = Math.min(one.createdAt, deps.now())
  const id = deps.newId()
  const rows: messages.MessageRow[] = []
  for (const { role, text, reasoning } of one.messages) {
    const parentId = rows.at(-1)?.id ?? null
    const model = role === "assistant" ? one.model : null
    const own = { conversationId: id, parentId, role, text, reasoning, model, createdAt }
    rows.push(newMessage(deps, own))
  }
  const { title, model } = one
  const leafId = rows.at(-1)?.id ?? null
  await conversations.insert(tx, {
    id,
    userId,
    title,
    model,
    leafId,
    createdAt,
    updatedAt: createdAt,
  })
  await messages.insertAll(tx, rows)
  return id
}
