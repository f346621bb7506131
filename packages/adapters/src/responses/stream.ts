import { logprobsOf } from "../openai/wire.ts"
import type { ChatEvent } from "../spec/index.ts"
import { newCallId } from "../wire/call-id.ts"
import { failureOf } from "../wire/failure.ts"
import { isRecord, type Json, record, text } from "../wire/json.ts"
import { type Glance, type Look, type Reader, wordMarker } from "../wire/protocol.ts"
import { readDocument, readItem } from "./document.ts"
import { finishOf, isCall, readEnd, usageOf } from "./wire.ts"

export const markers = [
  wordMarker("response.completed"),
  wordMarker("response.incomplete"),
  wordMarker("response.failed"),
  wordMarker('"function_call"'),
  wordMarker('"error"'),
]

const isLast = ({ type }: Json) => type === "response.completed" || type === "response.incomplete"

/** @see https://platform.openai.com/docs/api-reference/responses-streaming */
export function createGlance(): Glance {
  let called = false

  return (frame, event) => {
    const response = record(frame.type === undefined ? frame : frame.response)
    if (isRecord(response.error)) return { failure: failureOf(response) }
    if (frame.type === "response.failed" || response.status === "failed")
      return { failure: failureOf({ message: "The upstream failed to answer." }) }
    if (frame.type === "error" || event === "error" || isRecord(frame.error))
      return { failure: failureOf(frame) }
    called ||= isCall(record(frame.item))
    if (!isLast(frame)) return {}
    const look: Look = { finish: finishOf(response, called), ended: true }
    const usage = usageOf(response.usage)
    return usage ? { ...look, usage } : look
  }
}

/** @see https://platform.openai.com/docs/api-reference/responses-streaming */
export function createReader(): Reader {
  const items = createItemReader()
  let silent = true

  return (frame, events) => {
    const before = events.length
    if (!isLast(frame)) {
      items.read(frame, events)
      silent &&= events.length === before
      return
    }
    const response = record(frame.response)
    if (silent) events.push(...readDocument(response))
    else readEnd(response, items.calls() > 0, events)
  }
}

type Item = {
  /** Whether its words have come in pieces, so that they are not read again at its end. */
  told: boolean
  /** Counts the function calls. */
  call?: number
}

/** Numbers the items by where they stand in the output; a server that counts nothing has one at a time. */
function createItemReader() {
  const items = new Map<unknown, Item>()
  let calls = 0

  function itemAt({ output_index: place }: Json): Item {
    const item = items.get(place) ?? { told: false }
    items.set(place, item)
    return item
  }

  function begin(frame: Json, events: ChatEvent[]) {
    const wire = record(frame.item)
    items.delete(frame.output_index)
    if (!isCall(wire)) return
    const item = itemAt(frame)
    item.call = calls++
    const id = text(wire.call_id) ?? newCallId()
    const name = text(wire.name) ?? ""
    const argumentsDelta = text(wire.arguments) ?? ""
    item.told = argumentsDelta !== ""
    events.push({ type: "tool-call", choice: 0, index: item.call, id, name, argumentsDelta })
  }

  function callPiece(frame: Json, argumentsDelta: string, events: ChatEvent[]) {
    const item = itemAt(frame)
    if (item.call === undefined || argumentsDelta === "") return
    item.told = true
    events.push({ type: "tool-call", choice: 0, index: item.call, argumentsDelta })
  }

  function end(frame: Json, events: ChatEvent[]) {
    const wire = record(frame.item)
    const item = itemAt(frame)
    if (item.call !== undefined) {
      if (!item.told) callPiece(frame, text(wire.arguments) ?? "{}", events)
    } else if (!item.told) readItem(wire, isCall(wire) ? calls++ : 0, events)
    else if (text(wire.encrypted_content))
      events.push({
        type: "reasoning",
        choice: 0,
        delta: "",
        signature: String(wire.encrypted_content),
      })
    items.set(frame.output_index, { told: true })
  }

  function words(type: "text" | "reasoning" | "refusal", frame: Json, events: ChatEvent[]) {
    const delta = text(frame.delta)
    if (!delta) return
    const logprobs = type === "text" ? logprobsOf({ content: frame.logprobs }) : undefined
    events.push({ type, choice: 0, delta, ...(logprobs && { logprobs }) })
    itemAt(frame).told = true
  }

  /** Parts of a summary are paragraphs. */
  function part(frame: Json, events: ChatEvent[]) {
    if (Number(frame.summary_index) > 0 && itemAt(frame).told)
      events.push({ type: "reasoning", choice: 0, delta: "\n\n" })
  }

  return {
    calls: () => calls,
    read(frame: Json, events: ChatEvent[]) {
      switch (frame.type) {
        case "response.output_item.added":
          return begin(frame, events)
        case "response.output_item.done":
          return end(frame, events)
        case "response.output_text.delta":
          return words("text", frame, events)
        case "response.refusal.delta":
          return words("refusal", frame, events)
        case "response.reasoning_summary_part.added":
          return part(frame, events)
        case "response.reasoning_summary_text.delta":
        case "response.reasoning_text.delta":
          return words("reasoning", frame, events)
        case "response.function_call_arguments.delta":
          return callPiece(frame, text(frame.delta) ?? "", events)
      }
    },
  }
}
