/**
 * Anthropic keeps some thoughts to itself and wants them back: to Gemini's clients they are a
 * thought without words, told from others by the beginning of its signature.
 */
const mark = "redacted."

export const signatureOfRedacted = (redacted: string) => mark + redacted

/** The thought nobody may read, when the signature is one's. */
export const redactedIn = (signature: string): string | undefined =>
  signature.startsWith(mark) ? signature.slice(mark.length) : undefined

/** What others than Gemini signed is no base64, which some of Google's clients take a signature for. */
const foreign = /^(nio|redacted)\./

export const toBase64 = (signature: string) =>
  foreign.test(signature) ? Buffer.from(signature).toString("base64") : signature

export function fromBase64(signature: string): string {
  const text = Buffer.from(signature, "base64").toString()
  return foreign.test(text) ? text : signature
}
