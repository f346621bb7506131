import type { ConversationView, MessageView } from "@nio/server/contract"
import { api } from "../../lib/trpc.ts"

/** Changes a conversation where the queries keep it; one not loaded is left alone. */
function edit(id: string, change: (view: ConversationView) => ConversationView) {
  api.conversation.get.setData({ id }, (view) => view && change(view))
}

/** Adds a message, or takes its newer form. */
export function putMessage(conversationId: string, message: MessageView) {
  edit(conversationId, (view) => {
    const at = view.messages.findIndex(({ id }) => id === message.id)
    const messages = at < 0 ? [...view.messages, message] : view.messages.with(at, message)
    return { ...view, messages }
  })
}

/** The answer being written now; the path that leads to it is the one shown. */
export function setRun(conversationId: string, runId: string | null, leafId?: string) {
  edit(conversationId, (view) => ({
    ...view,
    runId,
    conversation: leafId ? { ...view.conversation, leafId } : view.conversation,
  }))
}

export function selectLeaf(conversationId: string, leafId: string) {
  edit(conversationId, (view) => ({
    ...view,
    conversation: { ...view.conversation, leafId },
  }))
}

/** A conversation that has just begun: what is known of it without asking. */
export function openConversation(
  summary: { id: string; title: string; model: string },
  messages: MessageView[],
  runId: string,
) {
  const leafId = messages.at(-1)!.id
  api.conversation.get.setData(
    { id: summary.id },
    (known) =>
      known ?? {
        conversation: { ...summary, updatedAt: Date.now(), leafId },
        messages,
        runId,
      },
  )
}
