import type { MessageView, VisitorQuestion } from "@nio/server/contract"
import { visitorCharsMax, visitorMessagesMax } from "@nio/server/contract/visitor-limits"
import { pathTo } from "../message-path.ts"
import type { VisitorConversation } from "./visitor-store.ts"

const titleChars = 50

const titleOf = (question: string): string =>
  [...question.replace(/\s+/g, " ").trim()].slice(0, titleChars).join("")

type Own = Pick<MessageView, "parentId" | "role" | "text"> & Partial<MessageView>

export const newMessage = (own: Own): MessageView => ({
  id: crypto.randomUUID(),
  reasoning: "",
  images: [],
  model: null,
  state: "done",
  failure: null,
  inputTokens: null,
  outputTokens: null,
  charge: null,
  createdAt: Date.now(),
  ...own,
})

export const newConversation = (question: string, model: string): VisitorConversation => ({
  id: crypto.randomUUID(),
  title: titleOf(question),
  model,
  leafId: null,
  createdAt: Date.now(),
  messages: [],
})

/** With a message more, which is the end of the path now. */
export const withMessage = (
  conversation: VisitorConversation,
  message: MessageView,
): VisitorConversation => ({
  ...conversation,
  leafId: message.id,
  messages: [...conversation.messages, message],
})

export const withChange = (
  conversation: VisitorConversation,
  id: string,
  change: Partial<MessageView>,
): VisitorConversation => ({
  ...conversation,
  messages: conversation.messages.map((one) => (one.id === id ? { ...one, ...change } : one)),
})

/** What leads to a message, itself included, as the server takes it: the end of it, beginning with a question. */
export function askedBy(
  { messages }: VisitorConversation,
  leafId: string | null,
): VisitorQuestion["messages"] {
  const parents = upTo(messages, leafId).filter(({ text }) => text.trim() !== "")
  const said = parents.slice(-visitorMessagesMax).map(({ role, text }) => ({
    role: role === "user" ? ("user" as const) : ("assistant" as const),
    text: text.slice(0, visitorCharsMax),
  }))
  return said.slice(
    Math.max(
      0,
      said.findIndex(({ role }) => role === "user"),
    ),
  )
}

function upTo(messages: readonly MessageView[], leafId: string | null): MessageView[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const path: MessageView[] = []
  for (let at = byId.get(leafId ?? ""); at; at = byId.get(at.parentId ?? "")) path.unshift(at)
  return path
}

/** As it is claimed: the path in sight, without what came to nothing. */
export const claimOf = ({ id, title, model, createdAt, ...tree }: VisitorConversation) => ({
  id,
  title,
  model,
  createdAt,
  messages: pathTo(tree.messages, tree.leafId)
    .map(({ message }) => message)
    .filter(({ text, reasoning }) => text.trim() !== "" || reasoning !== "")
    .slice(-visitorMessagesMax)
    .map(({ role, text, reasoning }) => ({
      role: role === "user" ? ("user" as const) : ("assistant" as const),
      text: text.slice(0, visitorCharsMax),
      reasoning: reasoning.slice(0, visitorCharsMax),
    })),
})
