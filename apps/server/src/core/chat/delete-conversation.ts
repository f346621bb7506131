import { conversations, runs } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { ownedConversation } from "./owned.ts"
import { stopRun } from "./stop-run.ts"

/**
 * Deletes a conversation for good and gives up an answer being written in it; what was delivered
 * of that is charged.
 *
 * @throws AppError `conversation.not-found`
 */
export async function deleteConversation(deps: Deps, actor: Actor, id: string): Promise<null> {
  await ownedConversation(deps.db, actor, id)
  const run = await runs.findOf(deps.db, id)
  if (run) await stopRun(deps, actor, run.id)
  await deps.db.transaction((tx) => conversations.remove(tx, id))
  return null
}
