import type { MessageView } from "../../contract/index.ts"
import { nodeState } from "../node-state.ts"
import type { Broadcast, Listener } from "./broadcast.ts"

/** One listener's interest in one conversation: in its answer now and in any later one. */
export type Follow = {
  readonly conversationId: string
  /** From now on the listener hears this one. */
  attach(broadcast: Broadcast, after?: number): void
  attached(): Broadcast | undefined
  /** To be called when the listener can take frames again. */
  catchUp(): void
  end(): void
}

/** Who on this node follows which conversation. */
export const followers = nodeState(() => {
  const follows = new Map<string, Map<Follow, Listener>>()

  function follow(conversationId: string, listener: Listener): Follow {
    let current: Broadcast | undefined
    const made: Follow = {
      conversationId,
      attach(broadcast, after) {
        current?.leave(listener)
        current = broadcast
        broadcast.join(listener, after)
      },
      attached: () => current,
      catchUp: () => current?.catchUp(listener),
      end() {
        current?.leave(listener)
        const others = follows.get(conversationId)
        others?.delete(made)
        if (others?.size === 0) follows.delete(conversationId)
      },
    }
    const others = follows.get(conversationId)
    if (others) others.set(made, listener)
    else follows.set(conversationId, new Map([[made, listener]]))
    return made
  }

  return {
    follow,
    has: (conversationId: string) => follows.has(conversationId),
    size: () => follows.size,
    /** Tells everybody who follows the conversation that an answer began. */
    started(broadcast: Broadcast, question: MessageView | null, answer: MessageView) {
      const { conversationId, runId } = broadcast
      for (const [one, listener] of follows.get(conversationId) ?? []) {
        if (one.attached() === broadcast) continue
        listener.deliver({ type: "started", conversationId, runId, question, answer })
        const fresh = answer.text.length === broadcast.progress().text.length
        one.attach(broadcast, fresh ? broadcast.progress().seq : undefined)
      }
    },
  }
})
