import { messages, runs } from "@nio/db"
import type { ConversationView } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { summary } from "./list-conversations.ts"
import { messageView } from "./message-view.ts"
import { ownedConversation } from "./owned.ts"

/**
 * A conversation with its whole tree. An answer being written is here as far as it was saved;
 * following `runId` brings the rest.
 *
 * @throws AppError `conversation.not-found`
 */
export async function getConversation(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<ConversationView> {
  const row = await ownedConversation(deps.db, actor, id)
  const tree = await messages.list(deps.db, id)
  const run = await runs.findOf(deps.db, id)
  return {
    conversation: { ...summary(row), leafId: row.leafId },
    messages: tree.map(messageView),
    runId: run?.id ?? null,
  }
}
