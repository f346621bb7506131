import { logprobsOf } from "../openai/wire.ts"
import type { ChatEvent } from "../spec/index.ts"
import { newCallId } from "../wire/call-id.ts"
import { type Json, records, text } from "../wire/json.ts"
import { isCall, readEnd } from "./wire.ts"

/** @see https://platform.openai.com/docs/api-reference/responses/object */
export function readDocument(document: Json): ChatEvent[] {
  if (!Array.isArray(document.output)) return []
  const events: ChatEvent[] = []
  let calls = 0
  for (const item of records(document.output)) readItem(item, isCall(item) ? calls++ : 0, events)
  readEnd(document, calls > 0, events)
  return events
}

/** A whole item of the output. `index` counts the function calls before it. Tools the server runs are not ours. */
export function readItem(item: Json, index: number, events: ChatEvent[]) {
  const choice = 0
  switch (item.type) {
    case "reasoning": {
      const thoughts = [...records(item.summary), ...records(item.content)]
      const delta = thoughts.map((part) => text(part.text) ?? "").join("\n\n")
      const signature = text(item.encrypted_content)
      if (delta || signature)
        events.push({ type: "reasoning", choice, delta, ...(signature && { signature }) })
      break
    }
    case "message":
      for (const part of records(item.content)) readPart(part, events)
      break
    case "function_call":
      events.push({
        type: "tool-call",
        choice,
        index,
        id: text(item.call_id) ?? newCallId(),
        name: text(item.name) ?? "",
        argumentsDelta: text(item.arguments) ?? "{}",
      })
      break
    case "image_generation_call":
      readImage(item, events)
  }
}

function readPart(part: Json, events: ChatEvent[]) {
  const choice = 0
  const logprobs = logprobsOf({ content: part.logprobs })
  const delta = text(part.text)
  if (delta) events.push({ type: "text", choice, delta, ...(logprobs && { logprobs }) })
  const refusal = text(part.refusal)
  if (refusal) events.push({ type: "refusal", choice, delta: refusal })
}

/** A picture the model had made, in base64. */
function readImage({ result, output_format }: Json, events: ChatEvent[]) {
  const data = text(result)
  if (data)
    events.push({ type: "image", choice: 0, mime: `image/${text(output_format) ?? "png"}`, data })
}
