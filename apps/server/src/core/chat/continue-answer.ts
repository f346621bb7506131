import type { ChatMessage } from "@nio/adapters"
import { conversations, messages } from "@nio/db"
import type { ClientFrame } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { acceptOnce, type Tell } from "./accept.ts"
import { ownedMessage } from "./owned.ts"
import { windowOf } from "./window.ts"

/** Not every upstream goes on from an unfinished answer by itself; all understand this. */
const goOn: ChatMessage = {
  role: "user",
  content: [
    {
      type: "text",
      text: "Continue your last message exactly where it stops. Repeat nothing and add no comment.",
    },
  ],
}

/**
 * Goes on with an answer that broke off, in the same message: what is there stays.
 *
 * @throws AppError `message.not-found`, `input.invalid`, `run.active`
 */
export async function continueAnswer(
  deps: Deps,
  actor: Actor,
  { messageId, model, requestId }: Extract<ClientFrame, { type: "continue" }>,
  tell: Tell,
): Promise<void> {
  await acceptOnce(deps, requestId, tell, {
    actor,
    model,
    // What was found is in the answer already.
    manner: { search: false },
    store: async (tx) => {
      const { message, conversation } = await ownedMessage(tx, actor, messageId)
      if (message.state === "writing") throw new AppError("run.active")
      if (message.role !== "assistant" || message.state === "done")
        throw new AppError("input.invalid", { detail: "this answer did not break off" })
      const begun = { state: "writing", failure: null, model, finishedAt: null } as const
      await messages.edit(tx, messageId, begun)
      await conversations.edit(tx, conversation.id, { leafId: messageId, updatedAt: deps.now() })
      const window = await windowOf(tx, conversation.id, messageId)
      if (message.text) window.push(goOn)
      return { conversation, question: null, answer: { ...message, ...begun }, window }
    },
  })
}
