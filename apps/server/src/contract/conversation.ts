import { z } from "zod"
import type { ConversationSummary } from "./api.ts"
import type { MessageView } from "./chat-socket.ts"

/** Where a page ended; opaque to the caller. */
const cursor = z.string().min(1).max(128)
export const pageInput = z.object({
  search: z.string().trim().max(255).optional(),
  cursor: cursor.optional(),
  limit: z.int().min(1).max(100),
})
export type PageInput = z.infer<typeof pageInput>

/** `next` is the cursor of the following page, null on the last one. */
export type Page<T> = { items: T[]; next: string | null }

export const conversationTitle = z.string().trim().min(1).max(255)

/** A conversation with its whole tree, oldest message first. */
export type ConversationView = {
  conversation: ConversationSummary & { leafId: string | null }
  messages: MessageView[]
  /** The answer being written now, to follow from 0. */
  runId: string | null
}
