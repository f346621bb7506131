import type { Usage } from "@nio/adapters"
import type { AppError } from "../../../core/error.ts"
import type { AnswerHead } from "../dialect.ts"
import { wireError } from "../openai/errors.ts"
import type { createOutput } from "./output.ts"
import type { ResponsesRequest } from "./read-request.ts"

export type Status = "queued" | "in_progress" | "completed" | "incomplete" | "failed" | "cancelled"

const responseId = (id: string) => `resp_${id}`

/**
 * A response of which nothing has been said yet: it repeats what was asked.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export const emptyResponse = ({ fields, body }: ResponsesRequest, head: AnswerHead) => ({
  id: responseId(head.id),
  object: "response",
  created_at: head.created,
  status: "in_progress" as Status,
  background: fields.background ?? false,
  error: null as object | null,
  incomplete_details: null as object | null,
  instructions: fields.instructions ?? null,
  max_output_tokens: fields.max_output_tokens ?? null,
  max_tool_calls: body.max_tool_calls ?? null,
  metadata: fields.metadata ?? {},
  model: head.model,
  output: [] as object[],
  parallel_tool_calls: fields.parallel_tool_calls ?? true,
  previous_response_id: fields.previous_response_id ?? null,
  reasoning: { effort: null, summary: null, ...(body.reasoning as object | null) },
  service_tier: "default",
  store: fields.store ?? true,
  temperature: fields.temperature ?? 1,
  text: { format: { type: "text" }, ...(body.text as object | null) },
  tool_choice: body.tool_choice ?? "auto",
  tools: body.tools ?? [],
  top_logprobs: fields.top_logprobs ?? 0,
  top_p: fields.top_p ?? 1,
  truncation: body.truncation ?? "disabled",
  usage: null as object | null,
  user: fields.user ?? null,
})
export type ResponseObject = ReturnType<typeof emptyResponse>

/** @see https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage */
const usageOf = ({ input, output, cachedInput, cacheWriteInput, reasoning }: Usage) => ({
  input_tokens: input,
  input_tokens_details: {
    cached_tokens: cachedInput ?? 0,
    ...(cacheWriteInput !== undefined && { cache_write_tokens: cacheWriteInput }),
  },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoning ?? 0 },
  total_tokens: input + output,
})

type Output = ReturnType<typeof createOutput>

/** How it ended, with all that was said. */
export function endedResponse(empty: ResponseObject, output: Output, usage: Usage): ResponseObject {
  const reasons = { length: "max_output_tokens", "content-filter": "content_filter" } as const
  const finish = output.finish()
  const reason = finish === "length" || finish === "content-filter" ? reasons[finish] : undefined
  return {
    ...empty,
    status: reason ? "incomplete" : "completed",
    incomplete_details: reason ? { reason } : null,
    output: output.items(),
    usage: usageOf(usage),
  }
}

/** How it broke, with what had been said. */
export function failedResponse(
  empty: ResponseObject,
  output: object[],
  error: AppError,
): ResponseObject {
  const { code, message } = wireError(error).error
  return { ...empty, status: "failed", error: { code, message }, output }
}
