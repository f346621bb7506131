import type { ChatRequest, ResponseFormat, Tool, ToolChoice } from "../spec/index.ts"
import { type Knows, messagesOf } from "./messages.ts"

/** The body of a request that came in another dialect, or in none. Undefined fields are left out. */
export const toBody = (request: ChatRequest, knows: Knows) => ({
  model: request.model,
  messages: messagesOf(request, knows),
  stream: request.stream,
  stream_options: request.stream ? { include_usage: true } : undefined,
  ...limitsOf(request),
  presence_penalty: request.presencePenalty,
  frequency_penalty: request.frequencyPenalty,
  stop: request.stop,
  seed: request.seed,
  n: request.choices,
  tools: request.tools?.map((tool) => toolOf(tool, knows)),
  tool_choice: request.tools?.length ? toolChoice(request.toolChoice) : undefined,
  parallel_tool_calls: request.tools?.length ? request.parallelToolCalls : undefined,
  response_format: responseFormat(request.responseFormat),
  reasoning_effort: effortOf(request),
  user: request.user,
})

/** Models that can think before they answer. */
export const thinksByName = (model: string) =>
  /(^|\/)(o\d|gpt-([5-9]|\d{2}))/.test(model) && !/-chat/.test(model)

/** While they think: another name for the limit, and no say in sampling. */
export const thinks = ({ model, reasoningEffort }: ChatRequest) =>
  thinksByName(model) && reasoningEffort !== "none"

/** @see https://platform.openai.com/docs/guides/reasoning */
function limitsOf(request: ChatRequest) {
  if (thinks(request)) return { max_completion_tokens: request.maxTokens }
  const renamed = /(^|\/)(o\d|gpt-([5-9]|\d{2}))/.test(request.model)
  return {
    [renamed ? "max_completion_tokens" : "max_tokens"]: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    logprobs: request.logprobs,
    top_logprobs: request.topLogprobs,
  }
}

/** Not to think at all is nothing one could ask of a model that never does. */
const effortOf = ({ model, reasoningEffort }: ChatRequest) =>
  reasoningEffort === "none" && !thinksByName(model) ? undefined : reasoningEffort

const toolOf = ({ name, description, parameters, strict, cache }: Tool, { marks }: Knows) => ({
  type: "function",
  function: { name, description, parameters, strict },
  cache_control: marks ? cache : undefined,
})

const toolChoice = (choice: ToolChoice | undefined) =>
  typeof choice === "object" ? { type: "function", function: choice } : choice

function responseFormat(format: ResponseFormat | undefined) {
  if (format?.type === "json") return { type: "json_object" }
  if (format?.type !== "json-schema") return undefined
  const { name, schema, strict } = format
  return { type: "json_schema", json_schema: { name, schema, strict } }
}
