import {
  checkJson,
  checkModel,
  checkRange,
  checkRequired,
  firstOf,
  invalid,
} from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import { scriptedAnthropic } from "../testing/scripted.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { type Json, record, records, text } from "../wire/json.ts"

const key = "sk-ant-mock"

export const mock: Mock = {
  channel: (url) => ({ baseUrl: url, key }),
  takes: ["POST /v1/messages, whole or streamed", `x-api-key ${key}`],
  check: (seen) => checkKey(seen.headers) ?? checkPath(seen) ?? checkAnthropicBody(seen.body),
  answer: (seen, script) => scriptedAnthropic(script)(seen),
  refuse: refuseAsAnthropic,
  breakOff: (refusal) => `event: error\ndata: ${refuseAsAnthropic(refusal).body}\n\n`,
  limitHeaders: (limit, left) => ({
    "anthropic-ratelimit-requests-limit": `${limit}`,
    "anthropic-ratelimit-requests-remaining": `${left}`,
  }),
}

function checkKey(headers: Headers): Refusal | undefined {
  if (headers.get("x-api-key") !== key)
    return { kind: "unauthorized", message: "invalid x-api-key" }
  return headers.has("anthropic-version")
    ? undefined
    : invalid("anthropic-version: header is required")
}

const checkPath = ({ method, path }: SeenRequest): Refusal | undefined =>
  method === "POST" && path === "/v1/messages"
    ? undefined
    : { kind: "model-missing", message: "Not Found" }

/** @see https://docs.anthropic.com/en/api/messages */
const checkAnthropicBody = (body: unknown) =>
  checkJson(body) ?? checkModel(record(body).model) ?? checkAsked(record(body))

/** What Anthropic wants whatever carries it: some carriers have the model in the address. */
export const checkAsked = (body: Json) =>
  firstOf(
    checkRequired(body, "max_tokens", "messages"),
    checkRange(body, "max_tokens", 1, 1_000_000),
    checkRange(body, "temperature", 0, 1),
    checkTurns(body.messages),
  )

function checkTurns(messages: unknown): Refusal | undefined {
  const turns = records(messages)
  if (turns.length === 0) return invalid("messages: at least one message is required")
  let calls: unknown[] = []
  for (const [index, { role, content }] of turns.entries()) {
    if (role !== "user" && role !== "assistant")
      return invalid(`messages.${index}.role: Input should be 'user' or 'assistant'`)
    if (!text(content) && records(content).length === 0)
      return invalid(`messages.${index}: content must be non-empty`)
    const results = idsIn(content, "tool_result", "tool_use_id")
    if (calls.some((id) => !results.includes(id)) || results.some((id) => !calls.includes(id)))
      return invalid(
        `messages.${index}: each tool_use block must have a corresponding tool_result block in the next message`,
      )
    calls = role === "assistant" ? idsIn(content, "tool_use", "id") : []
  }
  return calls.length > 0
    ? invalid("messages: tool_use ids were found without tool_result blocks immediately after")
    : undefined
}

const idsIn = (content: unknown, type: string, field: string) =>
  records(content)
    .filter((block: Json) => block.type === type)
    .map((block) => block[field])

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "invalid_request_error"],
  unauthorized: [401, "authentication_error"],
  quota: [402, "billing_error"],
  "content-filter": [400, "invalid_request_error"],
  "model-missing": [404, "not_found_error"],
  "rate-limited": [429, "rate_limit_error"],
  overloaded: [529, "overloaded_error"],
}

/** @see https://docs.anthropic.com/en/api/errors */
export function refuseAsAnthropic({ kind, message }: Refusal): Transcript {
  const [status, type] = words[kind]
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(kind === "rate-limited" && { "retry-after": "7" }),
    },
    body: JSON.stringify({ type: "error", error: { type, message }, request_id: "req_mock" }),
  }
}
