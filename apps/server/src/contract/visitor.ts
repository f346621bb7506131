import { z } from "zod"
import { modelName } from "./channel.ts"
import type { Failure } from "./chat-socket.ts"
import { conversationTitle } from "./conversation.ts"
import { visitorCharsMax, visitorConversationsMax, visitorMessagesMax } from "./visitor-limits.ts"

const said = z.object({
  role: z.enum(["user", "assistant"]),
  text: z.string().max(visitorCharsMax),
})

/** What somebody without an account asks: their browser keeps the conversation, and sends all of it. */
export const visitorQuestion = z.object({
  model: modelName,
  messages: z.array(said).min(1).max(visitorMessagesMax),
})
export type VisitorQuestion = z.infer<typeof visitorQuestion>

/** One line of the answer, as JSON. */
export type VisitorFrame =
  | { type: "delta"; text?: string; reasoning?: string }
  | { type: "done" }
  | ({ type: "failed" } & Failure)

/** Conversations somebody had before they signed in. `id` is their browser's, and makes a repeat harmless. */
export const claimConversations = z.object({
  conversations: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        title: conversationTitle,
        model: modelName,
        /** Epoch milliseconds. */
        createdAt: z.int().min(0),
        messages: z
          .array(said.extend({ reasoning: z.string().max(visitorCharsMax) }))
          .min(1)
          .max(visitorMessagesMax),
      }),
    )
    .min(1)
    .max(visitorConversationsMax),
})
export type ClaimConversations = z.infer<typeof claimConversations>
