import type { messages } from "@nio/db"
import type { Deps } from "../deps.ts"

type Own = Pick<messages.MessageRow, "conversationId" | "parentId" | "role"> &
  Partial<messages.MessageRow>

/** A message about to be stored. */
export const newMessage = ({ newId, now }: Deps, own: Own): messages.MessageRow => ({
  id: newId(),
  text: "",
  reasoning: "",
  images: [],
  model: null,
  state: "done",
  failure: null,
  inputTokens: null,
  outputTokens: null,
  charge: null,
  createdAt: now(),
  finishedAt: null,
  ...own,
})

/** An answer of which nothing is written yet. */
export const newAnswer = (
  deps: Deps,
  conversationId: string,
  parentId: string,
  model: string,
): messages.MessageRow =>
  newMessage(deps, { conversationId, parentId, role: "assistant", model, state: "writing" })
