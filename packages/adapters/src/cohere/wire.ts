import type { FinishReason, Usage } from "../spec/index.ts"
import { count, defined, isRecord, record, text } from "../wire/json.ts"

/** @see https://docs.cohere.com/v2/reference/chat */
const finishReasons: Record<string, FinishReason> = {
  COMPLETE: "stop",
  STOP_SEQUENCE: "stop",
  MAX_TOKENS: "length",
  ERROR_LIMIT: "length",
  TOOL_CALL: "tool-calls",
  ERROR_TOXIC: "content-filter",
}

export const finishOf = (reason: unknown): FinishReason | undefined =>
  text(reason) ? (finishReasons[String(reason)] ?? "other") : undefined

/** Cohere counts twice: what is billed, and all that the model read, which is what we mean. */
export function usageOf(wire: unknown): Usage | undefined {
  if (!isRecord(wire)) return undefined
  const tokens = record(wire.tokens ?? wire.billed_units)
  const input = count(tokens.input_tokens)
  if (input === undefined) return undefined
  return defined({
    input,
    output: count(tokens.output_tokens) ?? 0,
    cachedInput: count(wire.cached_tokens),
    reasoning: count(tokens.reasoning_tokens),
  })
}
