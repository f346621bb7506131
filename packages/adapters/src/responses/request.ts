import { thinks } from "../openai/request.ts"
import type { ChatRequest, ResponseFormat, Tool, ToolChoice, Upstream } from "../spec/index.ts"
import { splice } from "../wire/splice.ts"
import { unsupported } from "../wire/unsupported.ts"
import { inputOf } from "./items.ts"

/** The caller's own body with the channel's name of the model in it, or one of ours. */
export function bodyOf(request: ChatRequest, { channelId }: Upstream): string {
  const { native, model, stream } = request
  if (native?.dialect !== "responses") return JSON.stringify(toBody(request))
  const text = native.kept?.channelId === channelId ? native.kept.text : native.text
  const edits = new Map([["model", JSON.stringify(model)]])
  if ((native.body.stream === true) !== stream) edits.set("stream", String(stream))
  return splice(text, edits)
}

/** OpenAI refuses less. */
const maxTokensMin = 16

/**
 * Nothing is left with the upstream: what it thought comes back sealed, and goes up again with the
 * next turn.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
function toBody(request: ChatRequest) {
  const { maxTokens, tools, responseFormat } = request
  if ((request.choices ?? 1) > 1) throw unsupported("several answers at once", "n")
  if (request.stop?.length) throw unsupported("stop sequences", "stop")
  const format = formatOf(responseFormat)
  return {
    model: request.model,
    ...inputOf(request.messages),
    stream: request.stream,
    store: false,
    include: ["reasoning.encrypted_content"],
    max_output_tokens: maxTokens === undefined ? undefined : Math.max(maxTokens, maxTokensMin),
    ...(!thinks(request) && samplingOf(request)),
    tools: tools?.map(toolOf),
    tool_choice: tools?.length ? choiceOf(request.toolChoice) : undefined,
    parallel_tool_calls: tools?.length ? request.parallelToolCalls : undefined,
    text: format && { format },
    reasoning: reasoningOf(request),
    user: request.user,
  }
}

const samplingOf = ({ temperature, topP, topLogprobs }: ChatRequest) => ({
  temperature,
  top_p: topP,
  top_logprobs: topLogprobs,
})

/** Left out, `strict` would be on, and refuse schemas that chat takes. */
const toolOf = ({ name, description, parameters, strict = false }: Tool) => ({
  type: "function",
  name,
  description,
  parameters: parameters ?? { type: "object", properties: {} },
  strict,
})

const choiceOf = (choice: ToolChoice | undefined) =>
  typeof choice === "object" ? { type: "function", ...choice } : choice

function formatOf(format: ResponseFormat | undefined) {
  if (format?.type === "json") return { type: "json_object" }
  if (format?.type !== "json-schema") return undefined
  const { name, schema, strict } = format
  return { type: "json_schema", name, schema, strict }
}

/** A caller of chat completions is shown no thoughts; and not every account may ask for them. */
function reasoningOf({ reasoningEffort: effort, native }: ChatRequest) {
  if (!effort) return undefined
  return effort === "none" || native?.dialect === "openai"
    ? { effort }
    : { effort, summary: "auto" }
}
