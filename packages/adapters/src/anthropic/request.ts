import type { ChatMessage, ChatRequest, Native, Tool, ToolChoice, Upstream } from "../spec/index.ts"
import { isRecord, record, text } from "../wire/json.ts"
import type { ModelList } from "../wire/list-models.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { splice } from "../wire/splice.ts"
import { unsupported } from "../wire/unsupported.ts"
import { type Abilities, abilitiesOf } from "./abilities.ts"
import { turnsOf } from "./messages.ts"
import { thinkingOf } from "./thinking.ts"

/** @see https://docs.anthropic.com/en/api/messages */
export function buildRequest(request: ChatRequest, upstream: Upstream): WireRequest {
  const { native } = request
  return {
    url: `${versioned(upstream)}/messages`,
    headers: { ...headersOf(upstream), ...(native?.dialect === "anthropic" && native.headers) },
    body:
      native?.dialect === "anthropic" ? passedOn(native, request) : JSON.stringify(toBody(request)),
  }
}

/** @see https://docs.anthropic.com/en/api/messages-count-tokens */
export const countRequest = (native: Native, model: string, upstream: Upstream) => ({
  url: `${versioned(upstream)}/messages/count_tokens`,
  headers: { ...headersOf(upstream), ...native.headers },
  body: splice(native.text, new Map([["model", JSON.stringify(model)]])),
})

const versioned = ({ baseUrl }: Upstream) => `${baseUrl}${/\/v\d$/.test(baseUrl) ? "" : "/v1"}`

const headersOf = ({ key }: Upstream) => ({
  ...authorization(key),
  "anthropic-version": "2023-06-01",
})

/** @see https://docs.anthropic.com/en/api/models-list */
export const modelList: ModelList = {
  url: (upstream, page) =>
    `${versioned(upstream)}/models?limit=1000${page ? `&after_id=${encodeURIComponent(page)}` : ""}`,
  headers: headersOf,
  list: "data",
  name: "id",
  nextPage: (document) => {
    const { has_more, last_id } = record(document)
    return has_more === true ? text(last_id) : undefined
  },
}

/** Tokens of a login are not keys. */
const authorization = (key: string): Record<string, string> =>
  key.startsWith("sk-ant-oat") ? { authorization: `Bearer ${key}` } : { "x-api-key": key }

function passedOn({ text, body }: Native, { model, stream }: ChatRequest) {
  const edits = new Map([["model", JSON.stringify(model)]])
  if ((body.stream === true) !== stream) edits.set("stream", String(stream))
  return splice(text, edits)
}

/** @see https://docs.anthropic.com/en/api/messages */
export function toBody(request: ChatRequest) {
  if ((request.choices ?? 1) > 1) throw unsupported("several answers at once", "n")
  const abilities = abilitiesOf(request.model)
  const { thinking, effort, max_tokens } = thinkingOf(request, abilities)
  const format = abilities.schema ? formatOf(request) : undefined
  const byHand = thinking?.type === "enabled"
  return {
    model: request.model,
    max_tokens,
    system: systemOf(request, abilities),
    messages: turnsOf(request.messages, abilities),
    ...(abilities.sampling && !byHand && samplingOf(request)),
    stop_sequences: request.stop?.filter((stop) => stop.trim() !== ""),
    tools: request.tools?.map(toWireTool),
    tool_choice: toolChoiceOf(request, abilities.forcedTools && !byHand),
    thinking,
    output_config: effort || format ? { effort, format } : undefined,
    metadata: request.user ? { user_id: request.user } : undefined,
    stream: request.stream,
  }
}

/** Not both at once, and never above 1. */
const samplingOf = ({ temperature, topP, topK }: ChatRequest) => ({
  temperature: temperature === undefined ? undefined : Math.min(temperature, 1),
  top_p: temperature === undefined ? topP : undefined,
  top_k: topK,
})

const toWireTool = ({ name, description, parameters, strict, cache }: Tool) => ({
  name,
  description,
  input_schema: parameters ?? { type: "object", properties: {} },
  strict,
  cache_control: cache,
})

function toolChoiceOf({ tools, toolChoice, parallelToolCalls }: ChatRequest, mayForce: boolean) {
  if (!tools?.length) return undefined
  const disable_parallel_tool_use = parallelToolCalls === false ? true : undefined
  const choice = wireChoice(toolChoice ?? "auto", mayForce)
  if (choice.type === "none") return choice
  if (toolChoice === undefined && !disable_parallel_tool_use) return undefined
  return { ...choice, disable_parallel_tool_use }
}

function wireChoice(choice: ToolChoice, mayForce: boolean): { type: string; name?: string } {
  if (choice === "none") return { type: "none" }
  if (choice === "auto" || !mayForce) return { type: "auto" }
  return choice === "required" ? { type: "any" } : { type: "tool", name: choice.name }
}

function formatOf({ responseFormat }: ChatRequest) {
  if (responseFormat?.type !== "json-schema") return undefined
  return { type: "json_schema", schema: closed(responseFormat.schema) }
}

/** Anthropic takes only schemas whose objects are closed. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isRecord(schema)) return schema
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === "enum" ? value : closed(value)]),
  )
  return schema.type === "object" ? { ...inner, additionalProperties: false } : inner
}

/** One text, or blocks where some of it is to be kept. */
function systemOf({ messages, responseFormat: format }: ChatRequest, { schema }: Abilities) {
  const said = messages.filter(({ role }) => role === "system")
  const wishes: string[] = []
  if (format?.type === "json" || (format?.type === "json-schema" && !schema))
    wishes.push("Answer with one JSON object and nothing else.")
  if (format?.type === "json-schema" && !schema)
    wishes.push(`It must match this JSON Schema:\n${JSON.stringify(format.schema)}`)
  const parts = said.flatMap(({ content }) => content).filter((part) => part.type === "text")
  if (parts.some(({ cache }) => cache)) {
    const all = [...parts, ...wishes.map((text) => ({ text, cache: undefined }))]
    return all
      .filter(({ text }) => text.trim() !== "")
      .map(({ text, cache }) => ({ type: "text", text, cache_control: cache }))
  }
  const texts = [...said.map(textOf), ...wishes].filter((text) => text !== "")
  return texts.join("\n\n") || undefined
}

const textOf = ({ content }: ChatMessage) =>
  content.map((part) => (part.type === "text" ? part.text : "")).join("")
