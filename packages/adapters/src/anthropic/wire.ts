import type { FinishReason, Usage } from "../spec/index.ts"
import { count, defined, type Json, record, text } from "../wire/json.ts"

/** @see https://docs.anthropic.com/en/api/handling-stop-reasons */
const finishReasons: Record<string, FinishReason> = {
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  compaction: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool-calls",
  refusal: "content-filter",
}

export const finishOf = (reason: unknown): FinishReason | undefined =>
  text(reason) ? (finishReasons[String(reason)] ?? "other") : undefined

/** Anthropic counts cached tokens beside the input; our `input` includes them. */
export function usageOf(wire: Json): Usage {
  const cachedInput = count(wire.cache_read_input_tokens)
  const cacheWriteInput = count(wire.cache_creation_input_tokens)
  return defined({
    input: (count(wire.input_tokens) ?? 0) + (cachedInput ?? 0) + (cacheWriteInput ?? 0),
    output: count(wire.output_tokens) ?? 0,
    cachedInput,
    cacheWriteInput,
    reasoning: count(record(wire.output_tokens_details).thinking_tokens),
  })
}

/**
 * The input is told at the start, the output at the end, and either may be told again. What is
 * told at the start alone is no usage: it has one token of output, whatever follows.
 */
export function createUsageReader() {
  let told: Json = {}
  return {
    start(usage: unknown) {
      told = record(usage)
    },
    end(usage: unknown): Usage {
      const news = Object.entries(record(usage)).filter(([, value]) => value !== null)
      told = { ...told, ...Object.fromEntries(news) }
      return usageOf(told)
    },
  }
}
