import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import type { Broadcast, Listener } from "./broadcast.ts"
import { type Follow, followers } from "./followers.ts"
import { localRuns } from "./local-runs.ts"
import { ownedConversation } from "./owned.ts"
import { remoteRuns } from "./remote-runs.ts"
import { messagesOf } from "./run-messages.ts"

type Where = { conversationId: string; runId: string | null; after: number }

/**
 * Follows a conversation: its running answer from where the listener is, and any later one. When
 * none is running, the listener hears `idle`.
 *
 * @throws AppError `conversation.not-found`
 */
export async function follow(
  deps: Deps,
  actor: Actor,
  { conversationId, runId, after }: Where,
  listener: Listener,
): Promise<Follow> {
  await ownedConversation(deps.db, actor, conversationId)
  const made = followers(deps).follow(conversationId, listener)
  const remote = remoteRuns(deps)
  try {
    const broadcast =
      localRuns(deps).of(conversationId)?.broadcast ?? (await remote.find(conversationId))
    if (made.attached()) return made
    if (!broadcast) listener.deliver({ type: "idle", conversationId })
    else if (broadcast.runId === runId) made.attach(broadcast, after > 0 ? after : undefined)
    else await introduce(deps, broadcast, made, listener)
    return made
  } catch (error) {
    made.end()
    throw error
  }
}

/** The listener knows nothing of this run yet. */
async function introduce(deps: Deps, broadcast: Broadcast, made: Follow, listener: Listener) {
  const { question, answer } = await messagesOf(deps, broadcast.messageId)
  if (made.attached()) return
  const { conversationId, runId } = broadcast
  if (answer) listener.deliver({ type: "started", conversationId, runId, question, answer })
  made.attach(broadcast)
}
