import type { ChatEvent, TokenLogprob } from "../spec/index.ts"
import { defined, isRecord, type Json, record, records, text } from "../wire/json.ts"

/**
 * What a `delta` or a whole `message` says besides tool calls, as events in the order in which
 * it is meant to be read. Mistral writes content as a list of parts, OpenRouter adds images.
 */
export function readWords(
  message: Json,
  choice: number,
  logprobs: TokenLogprob[] | undefined,
  events: ChatEvent[],
) {
  const thought = text(message.reasoning_content) ?? text(message.reasoning)
  if (thought) events.push({ type: "reasoning", choice, delta: thought })
  for (const detail of records(message.reasoning_details))
    readDetail(detail, choice, thought === undefined, events)

  if (text(message.content) || logprobs) {
    const delta = text(message.content) ?? ""
    events.push({ type: "text", choice, delta, ...(logprobs && { logprobs }) })
  }
  for (const part of records(message.content)) readPart(part, choice, events)
  const refusal = text(message.refusal)
  if (refusal) events.push({ type: "refusal", choice, delta: refusal })
  for (const image of records(message.images)) readImage(image, choice, events)
}

/** Details repeat the thought where it has been said in plain words, and add its signature. */
function readDetail(detail: Json, choice: number, unsaid: boolean, events: ChatEvent[]) {
  const delta = (unsaid && (text(detail.text) ?? text(detail.summary))) || ""
  const signature = text(detail.signature)
  const redacted = text(detail.data)
  if (!delta && !signature && !redacted) return
  events.push(defined({ type: "reasoning" as const, choice, delta, signature, redacted }))
}

function readPart(part: Json, choice: number, events: ChatEvent[]) {
  if (part.type === "thinking")
    for (const { text: delta } of records(part.thinking))
      if (text(delta)) events.push({ type: "reasoning", choice, delta: String(delta) })
  if (text(part.text)) events.push({ type: "text", choice, delta: String(part.text) })
  if (text(part.refusal)) events.push({ type: "refusal", choice, delta: String(part.refusal) })
  if (part.type === "image_url") readImage(part, choice, events)
}

function readImage(image: Json, choice: number, events: ChatEvent[]) {
  const url = text(record(image.image_url).url)
  const [, mime, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url ?? "") ?? []
  if (mime && data) events.push({ type: "image", choice, mime, data })
}

/** What Gemini signs a call with, behind an address like OpenAI's. */
export const signatureOf = (call: Json) =>
  text(record(record(call.extra_content).google).thought_signature)

/** Calls as a list, as a single one, or in the form from before tools. */
export function callsIn(message: Json): Json[] {
  const { tool_calls, function_call } = message
  if (isRecord(tool_calls)) return [tool_calls]
  const calls = records(tool_calls)
  return calls.length === 0 && isRecord(function_call) ? [{ function: function_call }] : calls
}
