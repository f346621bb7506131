import { conversations, type Db, messages } from "@nio/db"
import type { ClientFrame } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { acceptOnce, type Tell } from "./accept.ts"
import { getImage } from "./get-image.ts"
import { newAnswer, newMessage } from "./new-message.ts"
import { ownedConversation } from "./owned.ts"
import type { Style } from "./style.ts"
import { titleOf } from "./title.ts"
import { windowOf } from "./window.ts"

export type Question = Extract<ClientFrame, { type: "ask" }>
/** `afterQuestion`: a conversation may have got into that order, and goes on. */
type How = Style & { afterQuestion?: boolean }

/**
 * Stores a question with an empty answer, and begins to write that. Without a conversation, one is
 * made. Asking again under the same parent is how a question is edited.
 *
 * @throws AppError `input.invalid`, `conversation.not-found`, `message.not-found`, `run.active`
 */
export async function ask(
  deps: Deps,
  actor: Actor,
  question: Question,
  tell: Tell,
  { messagesShown, sampling, afterQuestion = false }: How = {},
): Promise<void> {
  requireActive(actor)
  const { model, text, requestId, web = false } = question
  if (!text.trim() && question.images.length === 0)
    throw new AppError("input.invalid", { detail: "nothing is asked" })
  const images = await Promise.all(question.images.map((image) => asSent(deps, actor, image)))
  const now = deps.now()

  await acceptOnce(deps, requestId, tell, {
    actor,
    model,
    sampling,
    ...(web && { manner: { search: true } }),
    store: async (tx) => {
      const conversation = await conversationFor(deps, tx, actor, question)
      const { id: conversationId } = conversation
      const parentId = await parentFor(tx, conversationId, question.parentId, afterQuestion)
      const asked = newMessage(deps, { conversationId, parentId, role: "user", text, images })
      const answer = newAnswer(deps, conversationId, asked.id, model)
      await messages.insert(tx, asked)
      await messages.insert(tx, answer)
      const window = await windowOf(tx, conversationId, asked.id, messagesShown)
      await conversations.edit(tx, conversationId, { leafId: answer.id, model, updatedAt: now })
      return { conversation, question: asked, answer, window }
    },
  })
}

async function conversationFor(deps: Deps, tx: Db, actor: Actor, question: Question) {
  if (question.conversationId) return ownedConversation(tx, actor, question.conversationId)
  const now = deps.now()
  const row: conversations.ConversationRow = {
    id: deps.newId(),
    userId: actor.userId,
    title: titleOf(question.text),
    model: question.model,
    leafId: null,
    createdAt: now,
    updatedAt: now,
  }
  await conversations.insert(tx, row)
  return row
}

/** A question stands at the root or under an answer. */
async function parentFor(
  tx: Db,
  conversationId: string,
  parentId: string | null,
  afterQuestion: boolean,
) {
  if (parentId === null) return null
  const parent = await messages.find(tx, parentId)
  if (parent?.conversationId !== conversationId) throw new AppError("message.not-found")
  if (parent.role === "user" && !afterQuestion)
    throw new AppError("input.invalid", { detail: "a question cannot follow a question" })
  return parentId
}

const stored = /^\/chat\/images\/([\w-]+)\/(\d)$/

/** An edited question brings back its pictures by the names they were shown under. */
async function asSent(deps: Deps, actor: Actor, image: string): Promise<string> {
  const [, messageId, index] = stored.exec(image) ?? []
  if (!messageId || !index) return image
  const { mime, bytes } = await getImage(deps, actor, messageId, Number(index))
  return `data:${mime};base64,${Buffer.from(bytes).toString("base64")}`
}
