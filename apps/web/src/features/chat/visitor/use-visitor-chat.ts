import type { Failure, MessageView } from "@nio/server/contract"
import { useRef, useState } from "react"
import { askVisitor, VisitorFailure } from "../../../lib/visitor-chat.ts"
import { lastFinished } from "../chat-client.ts"
import { liveAnswers } from "../live-answers.ts"
import { leafBelow } from "../message-path.ts"
import {
  keepVisitorConversation,
  type VisitorConversation,
  visitorConversations,
} from "./visitor-store.ts"
import { askedBy, newConversation, newMessage, withChange, withMessage } from "./visitor-tree.ts"

/** How often an answer under way is kept, so that a reload loses little of it. */
const keepEveryMs = 1_000

/** Asks for answers in conversations that this browser keeps. One at a time. */
export function useVisitorChat(model: string | null) {
  const [busy, setBusy] = useState(false)
  const hangUp = useRef<AbortController>(undefined)

  const current = (id: string) => visitorConversations.get()?.find((one) => one.id === id)
  const change = (id: string, messageId: string, changes: Partial<MessageView>) => {
    const now = current(id)
    if (now) void keepVisitorConversation(withChange(now, messageId, changes))
  }

  /** Writes an answer under `parentId`, or goes on with one that broke off. */
  async function write(conversation: VisitorConversation, answer: MessageView) {
    const { id } = conversation
    const controller = new AbortController()
    hangUp.current = controller
    setBusy(true)
    let { text, reasoning } = answer
    let [seq, keptAt] = [0, performance.now()]
    const ends = await askVisitor(
      { model: answer.model ?? "", messages: askedBy(conversation, answer.parentId) },
      (delta) => {
        text += delta.text ?? ""
        reasoning += delta.reasoning ?? ""
        liveAnswers.set({
          runId: answer.id,
          conversationId: id,
          messageId: answer.id,
          seq: ++seq,
          text,
          reasoning,
        })
        if (performance.now() - keptAt < keepEveryMs) return
        keptAt = performance.now()
        change(id, answer.id, { text, reasoning })
      },
      controller.signal,
    ).then(
      () => ({ state: "done", failure: null }) as const,
      (error) => endOf(error, text),
    )
    change(id, answer.id, { text, reasoning, ...ends })
    liveAnswers.end(answer.id)
    lastFinished.set({ ...answer, text, ...ends })
    setBusy(false)
  }

  function answer(conversation: VisitorConversation, parentId: string) {
    const role = "assistant" as const
    const empty = newMessage({ parentId, role, text: "", model, state: "writing" })
    const begun = withMessage({ ...conversation, model: model ?? conversation.model }, empty)
    void keepVisitorConversation(begun)
    void write(begun, empty)
  }

  return {
    busy,
    stop: () => hangUp.current?.abort(),
    /** @returns the conversation it was asked in */
    ask(id: string | null, parentId: string | null, text: string): string {
      const conversation = current(id ?? "") ?? newConversation(text, model ?? "")
      const question = newMessage({ parentId, role: "user", text })
      answer(withMessage(conversation, question), question.id)
      return conversation.id
    },
    again(id: string, messageId: string) {
      const conversation = current(id)
      const old = conversation?.messages.find((message) => message.id === messageId)
      if (conversation && old?.parentId) answer(conversation, old.parentId)
    },
    show(id: string, messageId: string) {
      const conversation = current(id)
      if (!conversation) return
      const leafId = leafBelow(conversation.messages, messageId)
      void keepVisitorConversation({ ...conversation, leafId })
    },
  }
}

function endOf(
  error: unknown,
  text: string,
): { state: MessageView["state"]; failure: Failure | null } {
  if (!(error instanceof VisitorFailure)) return { state: "stopped", failure: null }
  return { state: text ? "interrupted" : "failed", failure: error.failure }
}
