import type { ChatEvent, FinishReason, Usage } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import { count, defined, isRecord, type Json, record, records, text } from "../wire/json.ts"
import { type Glance, keyMarker, type Look, type Reader, wordMarker } from "../wire/protocol.ts"

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
const finishReasons: Record<string, FinishReason> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool-calls",
  guardrail_intervened: "content-filter",
  content_filtered: "content-filter",
  refusal: "content-filter",
}

const finishOf = (reason: unknown): FinishReason | undefined =>
  text(reason) ? (finishReasons[String(reason)] ?? "other") : undefined

/** Cached tokens are counted beside the input. */
function usageOf(wire: unknown): Usage | undefined {
  if (!isRecord(wire)) return undefined
  const cachedInput = count(wire.cacheReadInputTokens)
  const cacheWriteInput = count(wire.cacheWriteInputTokens)
  return defined({
    input: (count(wire.inputTokens) ?? 0) + (cachedInput ?? 0) + (cacheWriteInput ?? 0),
    output: count(wire.outputTokens) ?? 0,
    cachedInput,
    cacheWriteInput,
  })
}

export const markers = [keyMarker("stopReason"), keyMarker("usage"), wordMarker("error")]

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export function createGlance(): Glance {
  return (frame, event) => {
    if (event === "error") return { failure: failureOf(frame) }
    const look: Look = {}
    const usage = usageOf(frame.usage)
    const finish = finishOf(frame.stopReason)
    if (usage) look.usage = usage
    if (finish) look.finish = finish
    return look
  }
}

const choice = 0

/** Events are told apart by their fields. Tools the server runs are not ours. */
export function createReader(): Reader {
  const calls = new Map<unknown, { index: number; said: boolean }>()
  let callsBegun = 0

  return (frame, events) => {
    const block = frame.contentBlockIndex
    const begun = record(record(frame.start).toolUse)
    const call = calls.get(block)
    if (begun.toolUseId && begun.type !== "server_tool_use") {
      calls.set(block, { index: callsBegun, said: false })
      events.push({
        type: "tool-call",
        choice,
        index: callsBegun,
        ...headOf(begun),
        argumentsDelta: "",
      })
      callsBegun += 1
    } else if (frame.start) calls.delete(block)
    else if (frame.delta) {
      const argumentsDelta = text(record(record(frame.delta).toolUse).input)
      if (call && argumentsDelta) {
        call.said = true
        events.push({ type: "tool-call", choice, index: call.index, argumentsDelta })
      }
      readWords(record(frame.delta), events)
    } else if (block !== undefined && call && !call.said) {
      call.said = true
      events.push({ type: "tool-call", choice, index: call.index, argumentsDelta: "{}" })
    }
    readEnd(frame, events)
  }
}

const headOf = ({ toolUseId, name }: Json) => ({
  id: text(toolUseId) ?? "",
  name: text(name) ?? "",
})

/** A whole block or a piece of one: reasoning is wrapped once more in the former. */
function readWords(block: Json, events: ChatEvent[]) {
  const delta = text(block.text)
  if (delta) events.push({ type: "text", choice, delta })
  const { reasoningContent } = block
  if (!isRecord(reasoningContent)) return
  const said = record(reasoningContent.reasoningText ?? reasoningContent)
  const thought = text(said.text) ?? ""
  const signature = text(said.signature)
  const redacted = text(reasoningContent.redactedContent)
  if (thought || signature || redacted)
    events.push(
      defined({ type: "reasoning" as const, choice, delta: thought, signature, redacted }),
    )
}

function readEnd({ stopReason, usage: wire }: Json, events: ChatEvent[]) {
  const reason = finishOf(stopReason)
  if (reason) events.push({ type: "finish", choice, reason })
  const usage = usageOf(wire)
  if (usage) events.push({ type: "usage", usage })
}

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export function readDocument(document: Json): ChatEvent[] {
  if (!document.output) return []
  const events: ChatEvent[] = []
  let index = 0
  for (const block of records(record(record(document.output).message).content)) {
    readWords(block, events)
    const call = record(block.toolUse)
    if (!call.toolUseId || call.type === "server_tool_use") continue
    const argumentsDelta = JSON.stringify(record(call.input))
    events.push({ type: "tool-call", choice, index, ...headOf(call), argumentsDelta })
    index += 1
  }
  readEnd(document, events)
  return events
}
