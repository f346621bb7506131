/**
 * Gemini signs tool calls, Anthropic signs thoughts: a call's signature travels as that of a
 * thought without words just before the call, which clients must send back as it is.
 */
const mark = "call."

export const signatureOfCall = (signature: string) => mark + signature

/** The call's signature in a thought's, when it is one. */
export const callSignatureIn = (signature: string): string | undefined =>
  signature.startsWith(mark) ? signature.slice(mark.length) : undefined
