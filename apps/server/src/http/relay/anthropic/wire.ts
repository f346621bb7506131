import type { FinishReason, Usage } from "@nio/adapters"

/** @see https://docs.anthropic.com/en/api/handling-stop-reasons */
export const stopReasons: Record<FinishReason, string> = {
  stop: "end_turn",
  length: "max_tokens",
  "tool-calls": "tool_use",
  "content-filter": "refusal",
  other: "end_turn",
}

/** Anthropic counts cached tokens beside the input; our `input` includes them. */
export function wireUsage({ input, output, cachedInput = 0, cacheWriteInput = 0 }: Usage) {
  return {
    input_tokens: Math.max(0, input - cachedInput - cacheWriteInput),
    cache_creation_input_tokens: cacheWriteInput,
    cache_read_input_tokens: cachedInput,
    output_tokens: output,
  }
}

export const messageOf = (id: string, model: string) => ({
  id: `msg_${id}`,
  type: "message",
  role: "assistant",
  model,
})
