import { messages } from "@nio/db"
import type { Deps } from "../deps.ts"
import { messageView } from "./message-view.ts"

/** The answer a run writes, and what it answers. */
export async function messagesOf(deps: Deps, messageId: string) {
  const answer = await messages.find(deps.db, messageId)
  const question = answer?.parentId ? await messages.find(deps.db, answer.parentId) : undefined
  return {
    answer: answer && messageView(answer),
    question: question ? messageView(question) : null,
  }
}
