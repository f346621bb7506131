import type { FinishReason, TokenLogprob, Usage } from "../spec/index.ts"
import { count, defined, isRecord, type Json, record, records, text } from "../wire/json.ts"

/** Also the words of servers that only nearly speak OpenAI. */
const finishReasons: Record<string, FinishReason> = {
  stop: "stop",
  eos: "stop",
  eos_token: "stop",
  stop_sequence: "stop",
  end_turn: "stop",
  length: "length",
  max_tokens: "length",
  model_length: "length",
  tool_calls: "tool-calls",
  tool_call: "tool-calls",
  tool_use: "tool-calls",
  function_call: "tool-calls",
  content_filter: "content-filter",
  sensitive: "content-filter",
  model_context_window_exceeded: "length",
}

/** @param calledTools some servers say "stop" after a tool call */
export function finishOf(reason: unknown, calledTools: boolean): FinishReason | undefined {
  if (!text(reason)) return undefined
  const finish = finishReasons[String(reason)] ?? "other"
  return finish === "stop" && calledTools ? "tool-calls" : finish
}

/** Where servers put their usage: on the chunk, in Groq's corner, or (older Moonshot) in a choice. */
export function usageIn(frame: Json): Usage | undefined {
  const places = [
    frame.usage,
    record(frame.x_groq).usage,
    ...records(frame.choices).map(usageField),
  ]
  for (const place of places) {
    const usage = isRecord(place) ? usageOf(place) : undefined
    if (usage) return usage
  }
  return undefined
}

const usageField = (choice: Json) => choice.usage

/**
 * Zeros all over mean that the server did not count. xAI and Gemini leave reasoning out of
 * `completion_tokens` and put it into `total_tokens`: it is added here.
 */
function usageOf(wire: Json): Usage | undefined {
  const input = count(wire.prompt_tokens) ?? 0
  const completion = count(wire.completion_tokens) ?? 0
  if (input + completion === 0) return undefined
  const details = record(wire.prompt_tokens_details)
  const made = record(wire.completion_tokens_details)
  const reasoning = count(made.reasoning_tokens)
  const beside = reasoning !== undefined && wire.total_tokens === input + completion + reasoning
  return defined({
    input,
    output: beside ? completion + reasoning : completion,
    cachedInput:
      count(details.cached_tokens) ??
      count(wire.cached_tokens) ??
      count(wire.prompt_cache_hit_tokens),
    cacheWriteInput: count(details.cache_write_tokens),
    reasoning,
    audioInput: count(details.audio_tokens) || undefined,
    audioOutput: count(made.audio_tokens) || undefined,
  })
}

export function logprobsOf(wire: unknown): TokenLogprob[] | undefined {
  const tokens = records(record(wire).content)
  if (tokens.length === 0) return undefined
  return tokens.map((token) => ({
    ...logprob(token),
    ...(Array.isArray(token.top_logprobs) && { top: records(token.top_logprobs).map(logprob) }),
  }))
}

const logprob = ({ token, logprob, bytes }: Json) => ({
  token: String(token ?? ""),
  logprob: Number(logprob ?? 0),
  ...(bytes !== undefined && { bytes: Array.isArray(bytes) ? bytes.map(Number) : null }),
})
