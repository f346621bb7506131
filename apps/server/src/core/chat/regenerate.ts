import { conversations, messages } from "@nio/db"
import type { ClientFrame } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { acceptOnce, type Tell } from "./accept.ts"
import { newAnswer } from "./new-message.ts"
import { ownedMessage } from "./owned.ts"
import { windowOf } from "./window.ts"

/**
 * Answers a question once more, beside the answer it has.
 *
 * @throws AppError `message.not-found`, `input.invalid`, `run.active`
 */
export async function regenerate(
  deps: Deps,
  actor: Actor,
  { messageId, model, requestId, web = false }: Extract<ClientFrame, { type: "regenerate" }>,
  tell: Tell,
): Promise<void> {
  await acceptOnce(deps, requestId, tell, {
    actor,
    model,
    // Another answer is wanted, not the same one again.
    manner: { fresh: true, ...(web && { search: true }) },
    store: async (tx) => {
      const { message, conversation } = await ownedMessage(tx, actor, messageId)
      const { parentId } = message
      if (message.role !== "assistant" || !parentId)
        throw new AppError("input.invalid", { detail: "only an answer can be written anew" })
      const answer = newAnswer(deps, conversation.id, parentId, model)
      await messages.insert(tx, answer)
      const window = await windowOf(tx, conversation.id, parentId)
      const changes = { leafId: answer.id, model, updatedAt: deps.now() }
      await conversations.edit(tx, conversation.id, changes)
      return { conversation, question: null, answer, window }
    },
  })
}
