import type { ChatRequest, Native, Tool, ToolChoice, Upstream } from "../spec/index.ts"
import { record, text } from "../wire/json.ts"
import type { ModelList } from "../wire/list-models.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { spliceMember } from "../wire/splice.ts"
import { contentsOf, systemOf } from "./contents.ts"
import { thinkingOf } from "./thinking.ts"

/** @see https://ai.google.dev/api/generate-content */
export function buildRequest(request: ChatRequest, upstream: Upstream): WireRequest {
  const { native, stream } = request
  const verb = stream ? "streamGenerateContent?alt=sse" : "generateContent"
  return {
    url: addressOf(request.model, verb, upstream),
    headers: headersOf(upstream),
    body:
      native?.dialect === "gemini"
        ? passedOn(native.text, request.model)
        : JSON.stringify(toBody(request)),
  }
}

export const addressOf = (model: string, verb: string, upstream: Upstream) =>
  `${versioned(upstream)}/${pathOf(model)}:${verb}`

const nameOf = (model: string) => model.replace(/^models\//, "")
const pathOf = (model: string) => `models/${encodeURIComponent(nameOf(model))}`

/**
 * The model and whether to stream are in the address, so a caller's own body goes up as it is. One
 * that names a model, too, names ours.
 */
const passedOn = (text: string, model: string) =>
  spliceMember(text, "model", () => JSON.stringify(`models/${nameOf(model)}`))

/** Counts a whole request where one is given, else contents alone. @see https://ai.google.dev/api/tokens */
export const countRequest = ({ text }: Native, model: string, upstream: Upstream) => ({
  url: `${versioned(upstream)}/${pathOf(model)}:countTokens`,
  headers: headersOf(upstream),
  body: ["generateContentRequest", "generate_content_request"].reduce(
    (body, inside) => spliceMember(body, inside, (value) => passedOn(value, model)),
    passedOn(text, model),
  ),
})

const versioned = ({ baseUrl }: Upstream) =>
  `${baseUrl}${/\/v\d[\w.]*$/.test(baseUrl) ? "" : "/v1beta"}`

const headersOf = ({ key }: Upstream) => ({ "x-goog-api-key": key })

/** @see https://ai.google.dev/api/models#method:-models.list */
export const modelList: ModelList = {
  url: (upstream, page) =>
    `${versioned(upstream)}/models?pageSize=1000${page ? `&pageToken=${encodeURIComponent(page)}` : ""}`,
  headers: headersOf,
  list: "models",
  name: "name",
  nextPage: (document) => text(record(document).nextPageToken),
}

/** What the operator's own moderation is for. */
const harms = ["HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT"]
const safetySettings = harms.map((harm) => ({
  category: `HARM_CATEGORY_${harm}`,
  threshold: "BLOCK_NONE",
}))

function toBody(request: ChatRequest) {
  const system = systemOf(request.messages)
  return {
    systemInstruction: system ? { parts: [{ text: system }] } : undefined,
    contents: contentsOf(request),
    tools: request.tools?.length
      ? [{ functionDeclarations: request.tools.map(declarationOf) }]
      : undefined,
    toolConfig: request.tools?.length ? toolConfigOf(request.toolChoice) : undefined,
    safetySettings,
    generationConfig: generationConfigOf(request),
  }
}

const declarationOf = ({ name, description, parameters }: Tool) => ({
  name,
  description,
  parametersJsonSchema: parameters,
})

function toolConfigOf(choice: ToolChoice | undefined) {
  if (choice === undefined) return undefined
  if (typeof choice === "object")
    return { functionCallingConfig: { mode: "ANY", allowedFunctionNames: [choice.name] } }
  const mode = { auto: "AUTO", none: "NONE", required: "ANY" }[choice]
  return { functionCallingConfig: { mode } }
}

const generationConfigOf = (request: ChatRequest) => ({
  temperature: request.temperature,
  topP: request.topP,
  topK: request.topK,
  maxOutputTokens: request.maxTokens,
  stopSequences: request.stop,
  candidateCount: request.choices,
  seed: request.seed,
  presencePenalty: request.presencePenalty,
  frequencyPenalty: request.frequencyPenalty,
  // Else those that draw only talk about it.
  responseModalities: /-image/.test(request.model) ? ["TEXT", "IMAGE"] : undefined,
  responseLogprobs: request.logprobs,
  logprobs: request.logprobs ? request.topLogprobs : undefined,
  ...formatOf(request),
  thinkingConfig: thinkingOf(request),
})

function formatOf({ responseFormat: format }: ChatRequest) {
  if (format?.type === "json") return { responseMimeType: "application/json" }
  if (format?.type !== "json-schema") return {}
  return { responseMimeType: "application/json", responseJsonSchema: format.schema }
}
