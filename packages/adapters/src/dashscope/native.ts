import { clamped } from "../openai/clamp.ts"
import { inOtherWords } from "../openai/in-other-words.ts"
import { wantsThinking } from "../openai/thinking-switch.ts"
import type { ChatMessage, ChatRequest, Part, ToolChoice, Upstream } from "../spec/index.ts"
import { isRecord, type Json, record, records } from "../wire/json.ts"
import { keyMarker, type WireRequest } from "../wire/protocol.ts"
import { unsupported } from "../wire/unsupported.ts"
import { errors } from "./errors.ts"
import { searching } from "./names.ts"

/** DashScope's own interface. Counts come with every frame; pieces of text, when asked for, are only what is new. */
export const native = inOtherWords({
  buildRequest,
  markers: [keyMarker("usage"), keyMarker("finish_reason"), keyMarker("code")],
  toOpenai,
  errors,
})

/** @see https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope */
function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  const { model, search } = searching(request.model)
  const sees = seesAndHears(request)
  const kind = sees ? "multimodal-generation" : "text-generation"
  const body = {
    model,
    input: { messages: request.messages.map((message) => messageOf(message, sees)) },
    parameters: {
      ...extrasOf(request),
      ...parametersOf(request),
      ...(search && { enable_search: true }),
    },
  }
  return {
    url: `${baseUrl}/services/aigc/${kind}/generation`,
    headers: {
      authorization: `Bearer ${key}`,
      ...(request.stream && { "x-dashscope-sse": "enable", accept: "text/event-stream" }),
    },
    body: JSON.stringify(body),
  }
}

/** Pictures and sound have an address of their own, and so have the models made for them. */
const seesAndHears = ({ model, messages }: ChatRequest) =>
  /-vl|vl-|-audio|omni|^qvq|qwen3\.[5-9]/.test(model) ||
  messages.some(({ content }) => content.some(({ type }) => type !== "text"))

/** What only DashScope knows, from callers who asked in its compatible words. */
const extras = [
  "enable_search",
  "search_options",
  "enable_thinking",
  "thinking_budget",
  "repetition_penalty",
  "vl_high_resolution_images",
  "enable_code_interpreter",
]

const extrasOf = ({ native }: ChatRequest) =>
  Object.fromEntries(
    extras.flatMap((name) =>
      native?.body[name] === undefined ? [] : [[name, native.body[name]] as const],
    ),
  )

function parametersOf(request: ChatRequest) {
  const { temperature, topP, tools, reasoningEffort: effort } = request
  const wishes = { temperature, top_p: topP }
  return {
    result_format: "message",
    incremental_output: request.stream ? true : undefined,
    max_tokens: request.maxTokens,
    ...wishes,
    ...clamped(wishes, { temperature: [0, 1.99], top_p: [0.01, 1] }),
    top_k: request.topK,
    presence_penalty: request.presencePenalty,
    seed: request.seed,
    stop: request.stop,
    n: request.choices,
    logprobs: request.logprobs,
    top_logprobs: request.topLogprobs,
    response_format: request.responseFormat?.type === "json" ? { type: "json_object" } : undefined,
    ...(effort !== undefined && { enable_thinking: wantsThinking(request) }),
    ...(tools?.length && {
      tools: tools.map(({ name, description, parameters }) => ({
        type: "function",
        function: { name, description, parameters },
      })),
      tool_choice: toolChoiceOf(request.toolChoice),
      parallel_tool_calls: request.parallelToolCalls,
    }),
  }
}

/** It cannot be made to call something, only something in particular. */
function toolChoiceOf(choice: ToolChoice | undefined) {
  if (typeof choice === "object") return { type: "function", function: { name: choice.name } }
  return choice === "required" ? "auto" : choice
}

function messageOf(message: ChatMessage, sees: boolean) {
  const content = sees ? message.content.map(partOf) : textOf(message.content)
  switch (message.role) {
    case "tool":
      return { role: "tool", tool_call_id: message.callId, name: message.name, content }
    case "assistant":
      return {
        role: "assistant",
        content,
        tool_calls: message.toolCalls?.map(({ id, name, arguments: json }) => ({
          id,
          type: "function",
          function: { name, arguments: json },
        })),
      }
    default:
      return { role: message.role, content }
  }
}

const textOf = (parts: readonly Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")

function partOf(part: Part) {
  switch (part.type) {
    case "text":
      return { text: part.text }
    case "image":
      return { image: part.url }
    case "audio":
      return { audio: `data:audio/${part.format};base64,${part.data}` }
    case "file":
      throw unsupported("file input", "messages")
  }
}

/** Until the end the reason is the word "null". A choice of the oldest format is its text alone. */
function toOpenai(frame: Json): Json {
  if (!isRecord(frame.output)) return frame.code ? { error: frame } : frame
  const { output } = frame
  const told = Array.isArray(output.choices)
    ? records(output.choices)
    : [{ message: output.message ?? { content: output.text }, finish_reason: output.finish_reason }]
  return {
    choices: told.map((choice) => ({
      ...choice,
      finish_reason: choice.finish_reason === "null" ? null : choice.finish_reason,
    })),
    usage: usageOf(record(frame.usage)),
  }
}

/** Models that see count pictures apart, as part of the input. */
function usageOf(usage: Json) {
  const details = record(usage.prompt_tokens_details ?? usage.input_tokens_details)
  return {
    prompt_tokens: usage.input_tokens,
    completion_tokens: usage.output_tokens,
    total_tokens: usage.total_tokens,
    prompt_tokens_details: details,
    completion_tokens_details: usage.output_tokens_details,
  }
}
