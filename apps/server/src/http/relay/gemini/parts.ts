import type { ChatEvent, FinishReason, TokenLogprob } from "@nio/adapters"
import { signatureOfRedacted, toBase64 } from "./redacted.ts"
import { type Call, callPart, finishReasons, type WirePart, wireLogprobs } from "./wire.ts"

/** What an event adds to a candidate at once; calls are told whole, at its end. */
export function partsOf(event: ChatEvent): WirePart[] {
  switch (event.type) {
    case "text":
    case "refusal":
      return event.delta ? [{ text: event.delta }] : []
    case "image":
      return [{ inlineData: { mimeType: event.mime, data: event.data } }]
    case "reasoning": {
      const { delta: text, signature, redacted } = event
      const thoughtSignature = redacted ? signatureOfRedacted(redacted) : signature
      if (!text && !thoughtSignature) return []
      return [
        {
          text,
          thought: true,
          ...(thoughtSignature && { thoughtSignature: toBase64(thoughtSignature) }),
        },
      ]
    }
    default:
      return []
  }
}

/** What of a candidate is only told when it is complete. */
export function createCandidate(index: number) {
  const calls = new Map<number, Call>()
  const logprobs: TokenLogprob[] = []
  let finish: FinishReason | undefined

  return {
    see(event: ChatEvent) {
      if (event.type === "finish") finish = event.reason
      if (event.type === "text" && event.logprobs) logprobs.push(...event.logprobs)
      if (event.type !== "tool-call") return
      const { index: at, id = "", name = "", argumentsDelta, signature } = event
      const call = calls.get(at) ?? { id, name, json: "", signature: undefined }
      call.json += argumentsDelta
      call.signature ??= signature
      calls.set(at, call)
    },
    calls: () => [...calls.values()].map(callPart),
    /** With these parts, as the last that is heard of it. */
    wire: (parts: WirePart[]) => ({
      content: { parts, role: "model" },
      finishReason: finishReasons[finish ?? "stop"],
      index,
      ...(logprobs.length > 0 && { logprobsResult: wireLogprobs(logprobs) }),
    }),
  }
}
export type Candidate = ReturnType<typeof createCandidate>
