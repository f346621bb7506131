/**
 * Anthropic keeps some thoughts to itself and wants them back: to Gemini's clients they are a
 * thought without words, told from others by the beginning of its signature.
 */
const mark = "redacted."

export const signatureOfRedacted = (redacted: string) => mark + redacted

/** The thought nobody may read, when the signature is one's. */
export const redactedIn = (signature: string): string | undefined =>
  signature.startsWith(mark) ? signature.slice(mark.length) : undefined
