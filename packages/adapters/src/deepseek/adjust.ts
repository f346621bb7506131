import { wantsThinking } from "../openai/thinking-switch.ts"
import type { ChatRequest } from "../spec/index.ts"

/** Efforts it knows, by those it is asked for. @see https://api-docs.deepseek.com/guides/thinking_mode */
const efforts: Readonly<Record<string, string>> = {
  low: "low",
  medium: "high",
  high: "high",
  xhigh: "max",
  max: "max",
}

/** It thinks unless told not to. */
export function adjust(body: Record<string, unknown>, request: ChatRequest) {
  const { reasoningEffort: effort } = request
  return {
    ...body,
    reasoning_effort: effort && efforts[effort],
    thinking: wantsThinking(request) === false ? { type: "disabled" } : undefined,
  }
}
