import type { MessageView } from "@nio/server/contract"
import { visitorConversationsMax } from "@nio/server/contract/visitor-limits"
import { get, createStore as openStore, set } from "idb-keyval"
import { createStore } from "../../../lib/store.ts"
import { stored } from "../../../lib/stored.ts"
import { visitedKey } from "../../../lib/visited.ts"

/** A conversation of somebody without an account: a tree, as the server would keep it. */
export type VisitorConversation = {
  id: string
  title: string
  model: string
  leafId: string | null
  createdAt: number
  messages: MessageView[]
}

const database = openStore("nio-visitor", "conversations")
const key = "all"

/** The newest first; undefined until they are read. */
export const visitorConversations = createStore<readonly VisitorConversation[] | undefined>(
  undefined,
)

/** Whatever was being written when the page was left has been cut short. */
const afterReload = (conversation: VisitorConversation): VisitorConversation => ({
  ...conversation,
  messages: conversation.messages.map((message) =>
    message.state === "writing" ? { ...message, state: "interrupted" } : message,
  ),
})

/** Reads what is kept, once. A browser that keeps nothing begins with nothing. */
export async function readVisitorConversations(): Promise<readonly VisitorConversation[]> {
  const known = visitorConversations.get()
  if (known) return known
  const kept = await get<VisitorConversation[]>(key, database).catch(() => undefined)
  visitorConversations.set((kept ?? []).map(afterReload))
  return visitorConversations.get() ?? []
}

/** Puts it first, and keeps it. @returns false when this browser keeps nothing */
export function keepVisitorConversation(conversation: VisitorConversation): Promise<boolean> {
  const others = (visitorConversations.get() ?? []).filter(({ id }) => id !== conversation.id)
  return keep([conversation, ...others].slice(0, visitorConversationsMax))
}

export function dropVisitorConversations(ids: readonly string[]): Promise<boolean> {
  return keep((visitorConversations.get() ?? []).filter(({ id }) => !ids.includes(id)))
}

async function keep(all: readonly VisitorConversation[]): Promise<boolean> {
  visitorConversations.set(all)
  stored.set(visitedKey, all.length > 0 ? "1" : null)
  try {
    await set(key, all, database)
    return true
  } catch {
    return false
  }
}
