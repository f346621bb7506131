import { z } from "zod"
import { modelName } from "./channel.ts"

const id = z.string().min(1).max(36)
/** Made by the browser; comes back in `accepted` or `refused`, and makes a repeat harmless. */
const requestId = z.string().min(1).max(64)

/** Characters one message may have. */
export const messageCharsMax = 400_000
/** Images one message may carry, and the characters one of them may have as a data URL (about 10 MB). */
export const imagesMax = 8
export const imageCharsMax = 14_000_000

const image = z
  .string()
  .max(imageCharsMax)
  .regex(/^(?:https?:\/\/|data:image\/(?:png|jpeg|webp|gif);base64,)/)

/** What the browser may say. */
export const clientFrame = z.discriminatedUnion("type", [
  /** A new message under `parentId`. Without a conversation, one is made. Editing = asking again under the same parent. */
  z.object({
    type: z.literal("ask"),
    requestId,
    conversationId: id.nullable(),
    parentId: id.nullable(),
    model: modelName,
    text: z.string().max(messageCharsMax),
    images: z.array(image).max(imagesMax),
  }),
  /** Another answer beside `messageId`, which is an answer. */
  z.object({ type: z.literal("regenerate"), requestId, messageId: id, model: modelName }),
  /** Goes on where an interrupted or stopped answer ended. */
  z.object({ type: z.literal("continue"), requestId, messageId: id, model: modelName }),
  z.object({ type: z.literal("stop"), runId: id }),
  /**
   * Follow a conversation: its running answer now and any later one, from any tab or device.
   * `after` is the last `seq` seen of `runId`, 0 for all of it.
   */
  z.object({
    type: z.literal("follow"),
    conversationId: id,
    runId: id.nullable(),
    after: z.int().min(0),
  }),
  z.object({ type: z.literal("unfollow"), conversationId: id }),
  z.object({ type: z.literal("ping") }),
])
export type ClientFrame = z.infer<typeof clientFrame>

export type Failure = { code: string; params: Record<string, string | number> }

/** A message as the browser gets it, over the socket and by query. */
export type MessageView = {
  id: string
  parentId: string | null
  role: "system" | "user" | "assistant"
  text: string
  reasoning: string
  images: string[]
  model: string | null
  state: "done" | "writing" | "stopped" | "failed" | "interrupted"
  failure: Failure | null
  inputTokens: number | null
  outputTokens: number | null
  /** Micropoints. */
  charge: number | null
  createdAt: number
}

/**
 * What the server says. `seq` counts a run's frames from 1 without gaps; a follower who misses one
 * follows again from the last it has. Every run ends with exactly one `done`.
 */
export type ServerFrame =
  /** The ask was taken: what was stored, and the run that answers. `question` is null for regenerate and continue. */
  | {
      type: "accepted"
      requestId: string
      conversationId: string
      title: string
      runId: string
      question: MessageView | null
      answer: MessageView
    }
  /** The ask was not taken; nothing was stored or charged. */
  | ({ type: "refused"; requestId: string } & Failure)
  /** A run began in a conversation you follow (also your own, after `accepted`). */
  | {
      type: "started"
      conversationId: string
      runId: string
      question: MessageView | null
      answer: MessageView
    }
  /** Everything so far: replaces what you have. */
  | {
      type: "snapshot"
      runId: string
      messageId: string
      seq: number
      text: string
      reasoning: string
    }
  | { type: "delta"; runId: string; seq: number; text?: string; reasoning?: string }
  /** The end: the message as stored, and the balance after it. */
  | { type: "done"; conversationId: string; runId: string; seq: number; message: MessageView }
  /** No run is active in the conversation you follow. */
  | { type: "idle"; conversationId: string }
  | { type: "pong" }
  /** A frame that could not be read. */
  | ({ type: "invalid" } & Failure)
