import type { Reasoning } from "@nio/adapters"

/**
 * What a caller keeps without being able to read it, in the one field the dialect has for it. What
 * is not OpenAI's own begins with a word that says what it is.
 */
const marks = { redacted: "redacted:", call: "call:" } as const

/** Anthropic's thinking that nobody may read. */
export const sealRedacted = (data: string) => marks.redacted + data

/** The signature of a tool call, which goes before it as a thought of its own. */
export const sealCall = (signature: string) => marks.call + signature

/** A thought, or the signature of the call that follows. */
export type Unsealed = { reasoning: Reasoning } | { callSignature: string }

export function unseal(text: string, sealed: string | undefined): Unsealed {
  if (sealed?.startsWith(marks.call)) return { callSignature: sealed.slice(marks.call.length) }
  if (sealed?.startsWith(marks.redacted))
    return { reasoning: { text, redacted: sealed.slice(marks.redacted.length) } }
  return { reasoning: { text, ...(sealed && { signature: sealed }) } }
}
