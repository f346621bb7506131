import type { ChatMessage, ChatRequest, Part, ResponseFormat, ToolChoice } from "../spec/index.ts"

/**
 * The body of a request that came in another dialect, or in none. Undefined fields are left out.
 *
 * @param wantsThoughts whether thoughts go back with the calls they led to: some refuse the
 *   conversation without, OpenAI with them
 */
export const toBody = (request: ChatRequest, wantsThoughts: boolean) => ({
  model: request.model,
  messages: request.messages.map((message) => toWire(message, wantsThoughts)),
  stream: request.stream,
  stream_options: request.stream ? { include_usage: true } : undefined,
  ...limitsOf(request),
  presence_penalty: request.presencePenalty,
  frequency_penalty: request.frequencyPenalty,
  stop: request.stop,
  seed: request.seed,
  n: request.choices,
  tools: request.tools?.map((tool) => ({ type: "function", function: tool })),
  tool_choice: request.tools?.length ? toolChoice(request.toolChoice) : undefined,
  parallel_tool_calls: request.tools?.length ? request.parallelToolCalls : undefined,
  response_format: responseFormat(request.responseFormat),
  reasoning_effort: request.reasoningEffort,
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

const toolChoice = (choice: ToolChoice | undefined) =>
  typeof choice === "object" ? { type: "function", function: choice } : choice

function responseFormat(format: ResponseFormat | undefined) {
  if (format?.type === "json") return { type: "json_object" }
  if (format?.type !== "json-schema") return undefined
  const { name, schema, strict } = format
  return { type: "json_schema", json_schema: { name, schema, strict } }
}

function toWire(message: ChatMessage, wantsThoughts: boolean) {
  switch (message.role) {
    case "tool":
      return { role: "tool", tool_call_id: message.callId, content: textOf(message.content) }
    case "system":
      return { role: "system", content: textOf(message.content) }
    case "user":
      return { role: "user", name: message.name, content: contentOf(message.content) }
    case "assistant": {
      const tool_calls = message.toolCalls?.map(({ id, name, arguments: json }) => ({
        id,
        type: "function",
        function: { name, arguments: json },
      }))
      return {
        role: "assistant",
        content: message.content.length > 0 ? textOf(message.content) : tool_calls ? null : "",
        reasoning_content: wantsThoughts && tool_calls ? thoughtsOf(message) : undefined,
        tool_calls,
      }
    }
  }
}

const thoughtsOf = ({ reasoning = [] }: ChatMessage & { role: "assistant" }) =>
  reasoning.map(({ text }) => text).join("")

const textOf = (parts: Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")

/** Plain text stays a string: several servers know no parts. */
const contentOf = (parts: Part[]) =>
  parts.every(({ type }) => type === "text") ? textOf(parts) : parts.map(toWirePart)

function toWirePart(part: Part) {
  switch (part.type) {
    case "text":
      return part
    case "image":
      return { type: "image_url", image_url: { url: part.url, detail: part.detail } }
    case "audio":
      return { type: "input_audio", input_audio: { data: part.data, format: part.format } }
    case "file":
      return {
        type: "file",
        file: { filename: part.filename, file_data: part.data, file_id: part.fileId },
      }
  }
}
