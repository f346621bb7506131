import { withThinkingType } from "../openai/thinking-switch.ts"
import type { ChatRequest } from "../spec/index.ts"
import { records } from "../wire/json.ts"

/** From K2.5 on, how a model samples is its maker's business. */
const isFixed = (model: string) => /^kimi-k(2\.[5-9]|[3-9])/.test(model)

const known = ["low", "high", "max"]

/** @see https://platform.moonshot.cn/docs/api/chat */
export const edits = ({ model, temperature }: ChatRequest) => ({
  ...(isFixed(model) && { temperature: undefined, top_p: undefined }),
  ...(!isFixed(model) && temperature !== undefined && temperature > 1 && { temperature: 1 }),
})

/** The assistant's words at the end are the beginning of its answer. */
export function adjust(body: Record<string, unknown>, request: ChatRequest) {
  const messages = records(body.messages)
  const last = messages.at(-1)
  const begun = last?.role === "assistant" && !last.tool_calls
  const { reasoning_effort: effort, ...rest } = body
  const adjusted = {
    ...rest,
    messages: begun ? [...messages.slice(0, -1), { ...last, partial: true }] : messages,
    reasoning_effort:
      /^kimi-k[3-9]/.test(request.model) && known.includes(String(effort)) ? effort : undefined,
  }
  return isFixed(request.model) ? withThinkingType(adjusted, request) : adjusted
}
