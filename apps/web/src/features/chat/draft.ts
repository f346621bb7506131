import { stored } from "../../lib/stored.ts"

export type Draft = { text: string; images: string[] }

export const emptyDraft: Draft = { text: "", images: [] }

const keyOf = (conversationId: string | null) => `draft.${conversationId ?? "new"}`

/** What was written in a conversation and not sent; kept through reloads and crashes. */
export function readDraft(conversationId: string | null): Draft {
  try {
    const kept: unknown = JSON.parse(stored.get(keyOf(conversationId)) ?? "null")
    const { text, images } = kept as Draft
    return typeof text === "string" && Array.isArray(images) ? { text, images } : emptyDraft
  } catch {
    return emptyDraft
  }
}

/** @returns false when not even the text could be kept. Images are given up first. */
export function keepDraft(conversationId: string | null, draft: Draft): boolean {
  const key = keyOf(conversationId)
  if (!draft.text && draft.images.length === 0) return stored.set(key, null)
  return (
    stored.set(key, JSON.stringify(draft)) ||
    stored.set(key, JSON.stringify({ ...draft, images: [] }))
  )
}
