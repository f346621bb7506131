import type { ChatEvent } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import { isRecord, type Json, record, records, text } from "../wire/json.ts"
import { type Glance, keyMarker, type Reader, wordMarker } from "../wire/protocol.ts"
import { finishOf, usageOf } from "./wire.ts"

export const markers = [keyMarker("finish_reason"), wordMarker("error")]

const choice = 0

/** @see https://docs.cohere.com/v2/docs/streaming */
export function createGlance(): Glance {
  return (frame, event) => {
    const { finish_reason, usage, error } = record(frame.delta)
    if (event === "error" || frame.error || finish_reason === "ERROR")
      return { failure: failureOf(text(error) ? { message: error } : frame) }
    const finish = finishOf(finish_reason)
    const counted = usageOf(usage)
    return { ...(finish && { finish }), ...(counted && { usage: counted }) }
  }
}

/** Its index counts blocks, and with another numbering calls; ours counts calls. */
export function createReader(): Reader {
  let calls = 0
  let empty = false
  /** To the one under way; what comes before any is nobody's. */
  const addToCall = (argumentsDelta: string, events: ChatEvent[]) => {
    if (calls > 0) events.push({ type: "tool-call", choice, index: calls - 1, argumentsDelta })
  }

  return (frame, events) => {
    const delta = record(frame.delta)
    const message = record(delta.message)
    const called = record(message.tool_calls)
    const said = text(record(called.function).arguments) ?? ""
    switch (frame.type) {
      case "content-start":
      case "content-delta":
      case "tool-plan-delta":
        readWords(message, events)
        break
      case "tool-call-start":
        events.push({
          type: "tool-call",
          choice,
          index: calls,
          ...headOf(called),
          argumentsDelta: said,
        })
        calls += 1
        empty = said === ""
        break
      case "tool-call-delta":
        if (said) addToCall(said, events)
        empty &&= said === ""
        break
      case "tool-call-end":
        if (empty) addToCall("{}", events)
        break
      case "message-end":
        readEnd(delta, events)
    }
  }
}

const headOf = ({ id, function: called }: Json) => ({
  id: text(id) ?? "",
  name: text(record(called).name) ?? "",
})

/** What it plans before a call is thought aloud. Content is an object in streams, a list in documents. */
function readWords({ tool_plan: plan, content }: Json, events: ChatEvent[]) {
  if (text(plan)) events.push({ type: "reasoning", choice, delta: String(plan) })
  for (const block of isRecord(content) ? [content] : records(content)) {
    const thought = text(block.thinking)
    if (thought) events.push({ type: "reasoning", choice, delta: thought })
    const delta = text(block.text)
    if (delta) events.push({ type: "text", choice, delta })
  }
}

function readEnd({ finish_reason, usage }: Json, events: ChatEvent[]) {
  events.push({ type: "finish", choice, reason: finishOf(finish_reason) ?? "other" })
  const counted = usageOf(usage)
  if (counted) events.push({ type: "usage", usage: counted })
}

/** @see https://docs.cohere.com/v2/reference/chat */
export function readDocument(document: Json): ChatEvent[] {
  if (!document.finish_reason) return []
  const events: ChatEvent[] = []
  const message = record(document.message)
  readWords(message, events)
  for (const [index, call] of records(message.tool_calls).entries()) {
    const argumentsDelta = text(record(call.function).arguments) ?? "{}"
    events.push({ type: "tool-call", choice, index, ...headOf(call), argumentsDelta })
  }
  readEnd(document, events)
  return events
}
