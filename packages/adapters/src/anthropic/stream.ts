import type { ChatEvent } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import { type Json, record, text } from "../wire/json.ts"
import { type Glance, keyMarker, type Reader, wordMarker } from "../wire/protocol.ts"
import { createUsageReader, finishOf } from "./wire.ts"

export const markers = [keyMarker("usage"), wordMarker("message_stop"), wordMarker("error")]

/** @see https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export function createGlance(): Glance {
  const usage = createUsageReader()

  return (frame, event) => {
    if (frame.type === "error" || event === "error" || (frame.error && !frame.type))
      return { failure: failureOf(frame) }
    if (frame.type === "message_start") usage.start(record(frame.message).usage)
    if (frame.type === "message_stop") return { ended: true }
    if (frame.type !== "message_delta") return {}
    const finish = finishOf(record(frame.delta).stop_reason)
    return { ...(frame.usage ? { usage: usage.end(frame.usage) } : {}), ...(finish && { finish }) }
  }
}

/** @see https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export function createReader(): Reader {
  const usage = createUsageReader()
  const blocks = createBlockReader()

  return (frame, events) => {
    switch (frame.type) {
      case "message_start":
        usage.start(record(frame.message).usage)
        break
      case "content_block_start":
        blocks.start(frame.index, record(frame.content_block), events)
        break
      case "content_block_delta":
        blocks.add(frame.index, record(frame.delta), events)
        break
      case "content_block_stop":
        blocks.stop(frame.index, events)
        break
      case "message_delta": {
        const reason = finishOf(record(frame.delta).stop_reason)
        if (reason) events.push({ type: "finish", choice: 0, reason })
        if (frame.usage) events.push({ type: "usage", usage: usage.end(frame.usage) })
      }
    }
  }
}

type Call = { index: number; input: unknown; said: boolean }

/** Their index counts blocks of any kind, ours counts tool calls. Tools the server runs are not ours. */
function createBlockReader() {
  const calls = new Map<unknown, Call>()
  const choice = 0

  return {
    start(block: unknown, begun: Json, events: ChatEvent[]) {
      if (begun.type !== "tool_use") return readBlock(begun, events)
      const index = calls.size
      calls.set(block, { index, input: begun.input, said: false })
      const name = text(begun.name) ?? ""
      const id = text(begun.id) ?? ""
      events.push({ type: "tool-call", choice, index, id, name, argumentsDelta: "" })
    },
    add(block: unknown, delta: Json, events: ChatEvent[]) {
      const call = calls.get(block)
      const json = text(delta.partial_json)
      if (call && json) {
        call.said = true
        events.push({ type: "tool-call", choice, index: call.index, argumentsDelta: json })
      } else readBlock(delta, events)
    },
    stop(block: unknown, events: ChatEvent[]) {
      const call = calls.get(block)
      if (!call || call.said) return
      const argumentsDelta = JSON.stringify(record(call.input))
      events.push({ type: "tool-call", choice, index: call.index, argumentsDelta })
    },
  }
}

/** A block or a piece of one: they name their contents alike. */
export function readBlock(block: Json, events: ChatEvent[]) {
  const choice = 0
  if (block.type === "redacted_thinking" && text(block.data))
    events.push({ type: "reasoning", choice, delta: "", redacted: String(block.data) })
  const thought = text(block.thinking) ?? ""
  const signature = text(block.signature)
  if (thought || signature)
    events.push({ type: "reasoning", choice, delta: thought, ...(signature && { signature }) })
  if (block.type !== "text" && block.type !== "text_delta") return
  if (text(block.text)) events.push({ type: "text", choice, delta: String(block.text) })
}
