import type { ChatEvent } from "../spec/index.ts"
import { type Json, record, records, text } from "../wire/json.ts"
import { readBlock } from "./stream.ts"
import { finishOf, usageOf } from "./wire.ts"

/** @see https://docs.anthropic.com/en/api/messages */
export function readDocument(document: Json): ChatEvent[] {
  if (!Array.isArray(document.content)) return []
  const events: ChatEvent[] = []
  let index = 0
  for (const block of records(document.content)) {
    if (block.type !== "tool_use") {
      readBlock(block, events)
      continue
    }
    const id = text(block.id) ?? ""
    const name = text(block.name) ?? ""
    const argumentsDelta = JSON.stringify(record(block.input))
    events.push({ type: "tool-call", choice: 0, index, id, name, argumentsDelta })
    index += 1
  }
  const reason = finishOf(document.stop_reason) ?? "other"
  events.push({ type: "finish", choice: 0, reason })
  if (document.usage) events.push({ type: "usage", usage: usageOf(record(document.usage)) })
  return events
}
