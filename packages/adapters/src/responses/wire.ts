import type { ChatEvent, FinishReason, Usage } from "../spec/index.ts"
import { count, defined, isRecord, type Json, record, records } from "../wire/json.ts"

/** @see https://platform.openai.com/docs/api-reference/responses/object */
export function usageOf(wire: unknown): Usage | undefined {
  if (!isRecord(wire)) return undefined
  const input = count(wire.input_tokens) ?? 0
  const output = count(wire.output_tokens) ?? 0
  if (input + output === 0) return undefined
  const details = record(wire.input_tokens_details)
  return defined({
    input,
    output,
    cachedInput: count(details.cached_tokens),
    cacheWriteInput: count(details.cache_write_tokens),
    reasoning: count(record(wire.output_tokens_details).reasoning_tokens),
  })
}

/** @param calledTools whether a function was called, which the status does not say */
export function finishOf(response: Json, calledTools: boolean): FinishReason {
  const { reason } = record(response.incomplete_details)
  if (reason === "content_filter") return "content-filter"
  if (reason === "max_output_tokens") return "length"
  if (calledTools || records(response.output).some(isCall)) return "tool-calls"
  return response.status === "completed" ? "stop" : "other"
}

export const isCall = ({ type }: Json) => type === "function_call"

/** What closes an answer, whole or in pieces: how it finished, and what it used. */
export function readEnd(response: Json, calledTools: boolean, events: ChatEvent[]) {
  events.push({ type: "finish", choice: 0, reason: finishOf(response, calledTools) })
  const usage = usageOf(response.usage)
  if (usage) events.push({ type: "usage", usage })
}
