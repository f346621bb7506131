import type { ChatEvent } from "../spec/index.ts"
import { newCallId } from "../wire/call-id.ts"
import { failureOf } from "../wire/failure.ts"
import { type Json, record, records, text } from "../wire/json.ts"
import { type Glance, keyMarker, type Look, type Reader, wordMarker } from "../wire/protocol.ts"
import { finishOf, usageOf } from "./wire.ts"

export const markers = [
  keyMarker("done_reason"),
  keyMarker("eval_count"),
  keyMarker("tool_calls"),
  wordMarker("error"),
]

const callsIn = (frame: Json) => records(record(frame.message).tool_calls)

/** @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion */
export function createGlance(): Glance {
  let called = false

  return (frame) => {
    if (frame.error) return { failure: failureOf(frame) }
    called ||= callsIn(frame).length > 0
    const look: Look = frame.done === true ? { ended: true } : {}
    const usage = usageOf(frame)
    const finish = finishOf(frame, called)
    if (usage) look.usage = usage
    if (finish) look.finish = finish
    return look
  }
}

export function createReader(): Reader {
  const choice = 0
  let calls = 0

  return (frame, events) => {
    const message = record(frame.message)
    const thought = text(message.thinking)
    if (thought) events.push({ type: "reasoning", choice, delta: thought })
    const delta = text(message.content)
    if (delta) events.push({ type: "text", choice, delta })
    for (const call of callsIn(frame)) {
      events.push({ type: "tool-call", choice, index: calls, ...callOf(call) })
      calls += 1
    }
    const reason = finishOf(frame, calls > 0)
    if (reason) events.push({ type: "finish", choice, reason })
    const usage = usageOf(frame)
    if (usage) events.push({ type: "usage", usage })
  }
}

/** Calls come whole; older servers give them no id. */
function callOf({ id, function: called }: Json) {
  const { name, arguments: args } = record(called)
  return {
    id: text(id) ?? newCallId(),
    name: text(name) ?? "",
    argumentsDelta: JSON.stringify(record(args)),
  }
}

/** A document is a stream of one frame. */
export function readDocument(document: Json): ChatEvent[] {
  const events: ChatEvent[] = []
  if (document.message) createReader()(document, events)
  return events
}
