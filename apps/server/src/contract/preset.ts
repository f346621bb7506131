import { z } from "zod"
import { messageCharsMax } from "./chat-limits.ts"

const presetMessage = z.object({
  role: z.enum(["system", "user", "assistant"]),
  text: z.string().max(messageCharsMax),
})
export type PresetMessage = z.infer<typeof presetMessage>
export const presetMessages = z.array(presetMessage).max(100)

/** What a conversation can begin with. */
export const presetContent = z.object({
  name: z.string().trim().min(1).max(255),
  /** An emoji's code points in hexadecimal, or a picture's address. */
  avatar: z.string().max(255),
  description: z.string().max(10_000),
  messages: presetMessages,
})
export type PresetContent = z.infer<typeof presetContent>
/** `number` is its owner's name for it. */
export type PresetView = PresetContent & { id: string; number: number; updatedAt: number }
