import type { FinishReason, Usage } from "../spec/index.ts"
import { count, type Json, text } from "../wire/json.ts"

/** @see https://github.com/ollama/ollama/blob/main/docs/api.md */
const finishReasons: Record<string, FinishReason> = { stop: "stop", length: "length" }

/** Ollama says "stop" after a tool call; the oldest say only that they are done. */
export function finishOf({ done, done_reason: reason }: Json, called: boolean) {
  if (done !== true) return undefined
  const finish = finishReasons[text(reason) ?? "stop"] ?? "other"
  return finish === "stop" && called ? "tool-calls" : finish
}

/** A prompt that was answered from memory has no count. */
export function usageOf(frame: Json): Usage | undefined {
  const input = count(frame.prompt_eval_count)
  const output = count(frame.eval_count)
  return input === undefined || output === undefined ? undefined : { input, output }
}
