import type { ChatRequest, Upstream } from "../spec/index.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { unsupported } from "../wire/unsupported.ts"
import { messagesOf } from "./messages.ts"

/** The cloud wants a key; one's own server has none. */
export const headersOf = ({ key }: Upstream): Record<string, string> =>
  key === "" || key === "null" ? {} : { authorization: `Bearer ${key}` }

export const apiOf = ({ baseUrl }: Upstream) =>
  `${baseUrl}${baseUrl.endsWith("/api") ? "" : "/api"}`

/** @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion */
export function buildRequest(request: ChatRequest, upstream: Upstream): WireRequest {
  return {
    url: `${apiOf(upstream)}/chat`,
    headers: headersOf(upstream),
    body: JSON.stringify(toBody(request)),
  }
}

function toBody(request: ChatRequest) {
  if ((request.choices ?? 1) > 1) throw unsupported("several answers at once", "n")
  const { tools, toolChoice } = request
  return {
    model: request.model,
    messages: messagesOf(request.messages),
    stream: request.stream,
    tools:
      tools?.length && toolChoice !== "none"
        ? tools.map((tool) => ({ type: "function", function: tool }))
        : undefined,
    think: thinkOf(request),
    format: formatOf(request),
    options: {
      num_predict: request.maxTokens,
      temperature: request.temperature,
      top_p: request.topP,
      top_k: request.topK,
      seed: request.seed,
      stop: request.stop,
      presence_penalty: request.presencePenalty,
      frequency_penalty: request.frequencyPenalty,
    },
  }
}

/** Only gpt-oss knows degrees; of others it can be asked or not. */
function thinkOf({ model, reasoningEffort: effort }: ChatRequest) {
  if (!effort) return undefined
  if (!model.includes("gpt-oss")) return effort !== "none"
  return { none: "low", minimal: "low", low: "low", medium: "medium" }[effort as string] ?? "high"
}

function formatOf({ responseFormat: format }: ChatRequest) {
  if (format?.type === "json") return "json"
  return format?.type === "json-schema" ? format.schema : undefined
}
