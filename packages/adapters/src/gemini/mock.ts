import { checkJson, checkRange, firstOf, invalid, unknownModel } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import { scriptedGemini } from "../testing/scripted.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { record, records } from "../wire/json.ts"

const key = "AIzaMock"

export const mock: Mock = {
  channel: (url) => ({ baseUrl: url, key }),
  takes: [
    "POST /v1beta/models/{model}:generateContent or :streamGenerateContent?alt=sse",
    `x-goog-api-key ${key}, or ?key=`,
  ],
  check: (seen) => checkKey(seen) ?? checkGemini(seen),
  answer: (seen, script) => scriptedGemini(script)(seen),
  refuse: refuseAsGoogle,
}

const checkKey = ({ headers, path }: SeenRequest): Refusal | undefined =>
  (headers.get("x-goog-api-key") ?? new URLSearchParams(path.split("?")[1]).get("key")) === key
    ? undefined
    : { kind: "unauthorized", message: "API key not valid. Please pass a valid API key." }

/** @see https://ai.google.dev/api/generate-content */
export function checkGemini({ method, path, body }: SeenRequest): Refusal | undefined {
  const [, model] = /\/models\/([^/:]+):(stream)?[gG]enerateContent(\?|$)/.exec(path) ?? []
  if (method !== "POST" || !model || model === unknownModel)
    return {
      kind: "model-missing",
      message: `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
    }
  return checkJson(body) ?? checkContents(body.contents) ?? checkConfig(body.generationConfig)
}

function checkContents(wire: unknown): Refusal | undefined {
  const contents = records(wire)
  if (contents.length === 0)
    return invalid("* GenerateContentRequest.contents: contents is not specified")
  for (const { role, parts } of contents) {
    if (role !== undefined && role !== "user" && role !== "model")
      return invalid("Please use a valid role: user, model.")
    if (records(parts).length === 0)
      return invalid("Unable to submit request because it must have a text parameter.")
  }
  return contents[0]?.role === "model"
    ? invalid("Please ensure that the first turn is the user's.")
    : undefined
}

function checkConfig(wire: unknown) {
  const config = record(wire)
  return firstOf(
    checkRange(config, "temperature", 0, 2),
    checkRange(config, "topP", 0, 1),
    checkRange(config, "candidateCount", 1, 8),
    checkRange(config, "maxOutputTokens", 1, 1_000_000),
  )
}

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "INVALID_ARGUMENT"],
  unauthorized: [400, "INVALID_ARGUMENT"],
  quota: [429, "RESOURCE_EXHAUSTED"],
  "content-filter": [200, ""],
  "model-missing": [404, "NOT_FOUND"],
  "rate-limited": [429, "RESOURCE_EXHAUSTED"],
  overloaded: [503, "UNAVAILABLE"],
}

const detailsOf: Partial<Record<RefusalKind, object[]>> = {
  unauthorized: [
    { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" },
  ],
  "rate-limited": [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "7s" }],
}

/** A filtered prompt is a success without candidates. @see https://ai.google.dev/gemini-api/docs/troubleshooting */
export function refuseAsGoogle({ kind, message }: Refusal): Transcript {
  const [code, status] = words[kind]
  const headers = { "content-type": "application/json" }
  if (kind === "content-filter")
    return { headers, body: JSON.stringify({ promptFeedback: { blockReason: "SAFETY" } }) }
  const details = detailsOf[kind] ?? []
  return {
    status: code,
    headers,
    body: JSON.stringify({ error: { code, message, status, details } }),
  }
}
