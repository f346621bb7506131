import type { ChatMessage, ChatRequest, Part, Upstream } from "../spec/index.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { unsupported } from "../wire/unsupported.ts"

/** In tokens of thought. */
const budgets = {
  minimal: 512,
  low: 1_024,
  medium: 8_192,
  high: 16_384,
  xhigh: 31_000,
  max: 31_000,
}

export const headersOf = ({ key }: Upstream) => ({ authorization: `Bearer ${key}` })

export const addressOf = (path: string, { baseUrl }: Upstream) =>
  `${baseUrl}${/\/v\d$/.test(baseUrl) ? "" : "/v2"}/${path}`

/** @see https://docs.cohere.com/v2/reference/chat */
export function buildRequest(request: ChatRequest, upstream: Upstream): WireRequest {
  return {
    url: addressOf("chat", upstream),
    headers: headersOf(upstream),
    body: JSON.stringify(toBody(request)),
  }
}

function toBody(request: ChatRequest) {
  if ((request.choices ?? 1) > 1) throw unsupported("several answers at once", "n")
  return {
    model: request.model,
    messages: request.messages.map(toWire),
    stream: request.stream,
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    p: request.topP,
    k: request.topK,
    stop_sequences: request.stop,
    seed: request.seed,
    presence_penalty: within01(request.presencePenalty),
    frequency_penalty: within01(request.frequencyPenalty),
    tools: request.tools?.map(({ name, description, parameters }) => ({
      type: "function",
      function: { name, description, parameters },
    })),
    tool_choice: request.tools?.length ? toolChoiceOf(request) : undefined,
    response_format: formatOf(request),
    thinking: thinkingOf(request),
  }
}

/** Others go from -2 to 2. */
const within01 = (penalty: number | undefined) =>
  penalty === undefined ? undefined : Math.min(Math.max(penalty, 0), 1)

/** It cannot be told which tool to use. */
function toolChoiceOf({ toolChoice: choice }: ChatRequest) {
  if (choice === "none") return "NONE"
  return choice === "required" || typeof choice === "object" ? "REQUIRED" : undefined
}

function formatOf({ responseFormat: format }: ChatRequest) {
  if (format?.type === "json") return { type: "json_object" }
  if (format?.type !== "json-schema") return undefined
  return { type: "json_object", json_schema: format.schema }
}

function thinkingOf({ reasoningEffort: effort }: ChatRequest) {
  if (!effort) return undefined
  if (effort === "none") return { type: "disabled" }
  return { type: "enabled", token_budget: budgets[effort] }
}

function toWire(message: ChatMessage) {
  const { role, content } = message
  if (message.role === "tool")
    return { role, tool_call_id: message.callId, content: textOf(content) }
  if (message.role !== "assistant") return { role, content: content.map(partOf) }
  const calls = message.toolCalls?.map(({ id, name, arguments: json }) => ({
    id,
    type: "function",
    function: { name, arguments: json },
  }))
  return {
    role,
    content: textOf(content) || undefined,
    tool_calls: calls?.length ? calls : undefined,
  }
}

const textOf = (parts: readonly Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")

function partOf(part: Part) {
  if (part.type === "text") return { type: "text", text: part.text }
  if (part.type === "image")
    return { type: "image_url", image_url: { url: part.url, detail: part.detail } }
  throw unsupported(`${part.type} input`, "messages")
}
