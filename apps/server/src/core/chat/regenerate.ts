import { conversations, messages } from "@nio/db"
import type { ClientFrame } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { acceptOnce, type Tell } from "./accept.ts"
import { newAnswer } from "./new-message.ts"
import { ownedMessage } from "./owned.ts"
import type { Style } from "./style.ts"
import { windowOf } from "./window.ts"

/**
 * Answers a question once more, beside the answer it has; or for the first time, when it is a
 * question that is named.
 *
 * @throws AppError `message.not-found`, `input.invalid`, `run.active`
 */
export async function regenerate(
  deps: Deps,
  actor: Actor,
  { messageId, model, requestId, web = false }: Extract<ClientFrame, { type: "regenerate" }>,
  tell: Tell,
  { messagesShown, sampling }: Style = {},
): Promise<void> {
  await acceptOnce(deps, requestId, tell, {
    actor,
    model,
    sampling,
    // Another answer is wanted, not the same one again.
    manner: { fresh: true, ...(web && { search: true }) },
    store: async (tx) => {
      const { message, conversation } = await ownedMessage(tx, actor, messageId)
      const parentId = message.role === "user" ? message.id : message.parentId
      if (message.role === "system" || !parentId)
        throw new AppError("input.invalid", { detail: "only an answer can be written anew" })
      const answer = newAnswer(deps, conversation.id, parentId, model)
      await messages.insert(tx, answer)
      const window = await windowOf(tx, conversation.id, parentId, messagesShown)
      const changes = { leafId: answer.id, model, updatedAt: deps.now() }
      await conversations.edit(tx, conversation.id, changes)
      return { conversation, question: null, answer, window }
    },
  })
}
