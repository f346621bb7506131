import { z } from "zod"
import { modelName } from "./channel.ts"
import { imagesMax, messageCharsMax } from "./chat-limits.ts"
import { entityId } from "./id.ts"

/** Made by the browser; comes back in `accepted` or `refused`, and makes a repeat harmless. */
const requestId = z.string().min(1).max(64)

/** All images of a message together, about 9 MB of data URLs: what one database packet takes. */
const imagesCharsMax = 12_000_000

/**
 * An address, a data URL, or an image already here: messages come back with
 * `/chat/images/<message>/<number>` in place of data URLs, and may be edited with those.
 */
const image = z
  .string()
  .max(imagesCharsMax)
  .regex(
    /^(?:https?:\/\/|data:image\/(?:png|jpeg|webp|gif);base64,|\/chat\/images\/[\w-]{1,36}\/\d$)/,
  )

/** Whether the web is searched for the question first. */
const web = z.boolean().optional()

/** What the browser may say. */
export const clientFrame = z.discriminatedUnion("type", [
  /** A new message under `parentId`. Without a conversation, one is made. Editing = asking again under the same parent. */
  z.object({
    type: z.literal("ask"),
    requestId,
    conversationId: entityId.nullable(),
    parentId: entityId.nullable(),
    model: modelName,
    text: z.string().max(messageCharsMax),
    images: z
      .array(image)
      .max(imagesMax)
      .refine((images) => images.reduce((sum, { length }) => sum + length, 0) <= imagesCharsMax, {
        error: "the images are too large together",
      }),
    web,
  }),
  /** Another answer beside `messageId`, which is an answer. */
  z.object({
    type: z.literal("regenerate"),
    requestId,
    messageId: entityId,
    model: modelName,
    web,
  }),
  /** Goes on where an interrupted, stopped or failed answer ended, in the same message. */
  z.object({ type: z.literal("continue"), requestId, messageId: entityId, model: modelName }),
  z.object({ type: z.literal("stop"), runId: entityId }),
  /**
   * Follow a conversation: its running answer now and any later one, from any tab or device.
   * `after` is the last `seq` seen of `runId`, 0 for all of it.
   */
  z.object({
    type: z.literal("follow"),
    conversationId: entityId,
    runId: entityId.nullable(),
    after: z.int().min(0),
  }),
  z.object({ type: z.literal("unfollow"), conversationId: entityId }),
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
  /** Each one fit for an `<img>` as it is. */
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
 * What the server says. `seq` counts a run's deltas and its `done` from 1 without gaps; a follower
 * who misses one follows again from the last it has. `snapshot` and `done` replace what there is,
 * whatever their `seq`. Every run ends with exactly one `done`; who comes after it gets `idle`.
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
  /** The end: the message as stored, and whether a plan paid for it, as far as that is known here. */
  | {
      type: "done"
      conversationId: string
      runId: string
      seq: number
      message: MessageView
      plan?: true
    }
  /** No run is active in the conversation you follow. */
  | { type: "idle"; conversationId: string }
  | { type: "pong" }
  /** A frame that could not be read. */
  | ({ type: "invalid" } & Failure)
