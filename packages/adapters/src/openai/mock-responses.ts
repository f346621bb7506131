import {
  checkModel,
  checkRange,
  checkRequired,
  checkUnknown,
  firstOf,
  invalid,
} from "../testing/check.ts"
import type { Refusal } from "../testing/mock.ts"
import type { SeenRequest } from "../testing/simulate.ts"
import { isRecord, type Json, records } from "../wire/json.ts"

export const asksForResponse = ({ method, path }: SeenRequest) =>
  method === "POST" && path.split("?")[0]!.endsWith("/responses")

/** @see https://platform.openai.com/docs/api-reference/responses/create */
export const checkResponse = (body: Json): Refusal | undefined =>
  checkModel(body.model) ??
  firstOf(
    body.previous_response_id ? undefined : checkRequired(body, "input"),
    checkUnknown(body, ["messages", "max_tokens", "n", "stop", "seed", "logit_bias"]),
    checkUnknown(body, ["presence_penalty", "frequency_penalty", "response_format"]),
    checkRange(body, "max_output_tokens", 16, 10_000_000),
    checkRange(body, "temperature", 0, 2),
    checkRange(body, "top_p", 0, 1),
    records(body.tools).some(({ type, name }) => type === "function" && typeof name !== "string")
      ? invalid("Missing required parameter: 'tools[0].name'.", "tools[0].name")
      : undefined,
    checkInput(body),
  )

/** Every result needs its call, and a thought its seal where nothing is stored. */
function checkInput({ input, previous_response_id, store }: Json): Refusal | undefined {
  if (!Array.isArray(input)) return undefined
  const called = new Set<unknown>()
  for (const item of input.filter(isRecord)) {
    if (item.type === "function_call") called.add(item.call_id)
    if (item.type === "function_call_output" && !previous_response_id && !called.has(item.call_id))
      return invalid(
        `No tool call found for function call output with call_id ${item.call_id}.`,
        "input",
      )
    if (item.type === "reasoning" && store === false && !item.encrypted_content)
      return invalid(`Item with id '${item.id}' not found.`, "input")
  }
  return undefined
}

/** What newer models refuse in chat completions. */
export const checkThinking = ({ model, tools, reasoning_effort: effort }: Json) =>
  /^gpt-(5\.[6-9]|6)/.test(String(model)) && records(tools).length > 0 && effort !== "none"
    ? invalid(
        `Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.`,
        "reasoning_effort",
      )
    : undefined
