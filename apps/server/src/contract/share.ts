import { z } from "zod"

/** The name in a share's address. Those of an earlier server are 32 hexadecimal digits. */
export const shareId = z.string().regex(/^[\w-]{16,64}$/)

/** Shares of one person that are listed. */
export const sharesListedMax = 100

/** What everybody sees of a share. */
export type ShareView = {
  id: string
  title: string
  model: string
  /** Of whoever shared it. */
  userName: string
  messages: SharedMessage[]
  createdAt: number
}
/** `images`: data URLs and addresses. */
export type SharedMessage = {
  role: "system" | "user" | "assistant"
  text: string
  images: string[]
}

/** A share in its owner's list; `number` is the conversation's, where it has one. */
export type ShareSummary = { id: string; title: string; createdAt: number; number: number | null }
