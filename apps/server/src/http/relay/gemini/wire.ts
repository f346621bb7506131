import type { FinishReason, TokenLogprob, Usage } from "@nio/adapters"
import { toBase64 } from "./redacted.ts"

/** @see https://ai.google.dev/api/generate-content#FinishReason */
export const finishReasons: Record<FinishReason, string> = {
  stop: "STOP",
  length: "MAX_TOKENS",
  "tool-calls": "STOP",
  "content-filter": "SAFETY",
  other: "OTHER",
}

/** Gemini counts thoughts beside the candidates; our `output` includes them. */
export const wireUsage = ({ input, output, cachedInput, reasoning = 0 }: Usage) => ({
  promptTokenCount: input,
  candidatesTokenCount: Math.max(0, output - reasoning),
  totalTokenCount: input + output,
  ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
  ...(cachedInput && { cachedContentTokenCount: cachedInput }),
})

export const wireLogprobs = (logprobs: readonly TokenLogprob[]) => ({
  chosenCandidates: logprobs.map(wireLogprob),
  topCandidates: logprobs.map(({ top = [] }) => ({ candidates: top.map(wireLogprob) })),
})

const wireLogprob = ({ token, logprob }: { token: string; logprob: number }) => ({
  token,
  logProbability: logprob,
})

export type WirePart = Record<string, unknown>

/** A call as Gemini tells it: whole, its arguments an object. */
export function callPart({ id, name, json, signature }: Call): WirePart {
  return {
    functionCall: { id, name, args: parsed(json) },
    ...(signature && { thoughtSignature: toBase64(signature) }),
  }
}

export type Call = { id: string; name: string; json: string; signature: string | undefined }

function parsed(json: string): object {
  try {
    const args: unknown = JSON.parse(json || "{}")
    return typeof args === "object" && args !== null ? args : { value: args }
  } catch {
    return {}
  }
}
