import {
  checkJson,
  checkKey,
  checkModel,
  checkRange,
  checkRequired,
  checkUnknown,
  firstOf,
  invalid,
} from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import { scriptedOpenAi } from "../testing/scripted.ts"
import { scriptedResponses } from "../testing/scripted-responses.ts"
import { scriptedTasks } from "../testing/scripted-tasks.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { checkMessages } from "./mock-messages.ts"
import { asksForResponse, checkResponse, checkThinking } from "./mock-responses.ts"
import { checkTask, isTask } from "./mock-tasks.ts"

/** In what a provider's simulated upstream differs from OpenAI's. */
export type MockQuirks = {
  key?: string
  /** Where a key is read from; the bearer token when left out. */
  keyIn?: (headers: Headers) => string | null | undefined
  channel?: Mock["channel"]
  /** The end of the path, before any query. */
  path?: string
  /** Fields it refuses. */
  refuses?: readonly string[]
  /** Whether it has a Responses API, and models that want it for their tools. */
  responses?: boolean
  /** What it checks beside the rest. */
  check?: (seen: SeenRequest) => Refusal | undefined
  refuse?: Mock["refuse"]
  limitHeaders?: Mock["limitHeaders"] | null
}

/** A simulated upstream that speaks OpenAI's chat completions, and is as strict about them. */
export function openaiMock(quirks: MockQuirks = {}): Mock {
  const { key = "sk-mock", keyIn = bearer, path = "/chat/completions", refuses = [] } = quirks
  const { limitHeaders = openaiLimitHeaders } = quirks
  const checkAsked = (seen: SeenRequest) => {
    if (isTask(seen)) return checkTask(seen)
    if (asksForModels(seen)) return undefined
    if (quirks.responses && asksForResponse(seen))
      return checkJson(seen.body) ?? quirks.check?.(seen) ?? checkResponse(seen.body)
    return (
      checkPath(seen, path) ??
      checkJson(seen.body) ??
      quirks.check?.(seen) ??
      checkBody(seen, refuses) ??
      (quirks.responses ? checkThinking(seen.body) : undefined)
    )
  }
  return {
    channel: quirks.channel ?? ((url) => ({ baseUrl: url, key })),
    takes: [
      `POST …${path}${quirks.responses ? " and …/responses" : ""}, whole or streamed`,
      "POST …/embeddings, …/images/*, …/audio/*, …/moderations, …/rerank",
      `key ${key}`,
    ],
    check: (seen) => checkKey(keyIn(seen.headers), key) ?? checkAsked(seen),
    answer: (seen, script) => {
      if (isTask(seen)) return scriptedTasks(seen)
      return (asksForResponse(seen) ? scriptedResponses : scriptedOpenAi)(script)(seen)
    },
    refuse: quirks.refuse ?? refuseAsOpenai,
    ...(limitHeaders && { limitHeaders }),
  }
}

export const bearer = (headers: Headers) => headers.get("authorization")?.replace(/^Bearer /, "")

const asksForModels = ({ method, path }: SeenRequest) =>
  method === "GET" && path.endsWith("/models")

const checkPath = ({ method, path }: SeenRequest, end: string): Refusal | undefined =>
  method === "POST" && path.split("?")[0]!.endsWith(end)
    ? undefined
    : { kind: "model-missing", message: `Invalid URL (${method} ${path.split("?")[0]})` }

/** @see https://platform.openai.com/docs/api-reference/chat/create */
const checkBody = ({ body }: SeenRequest, refuses: readonly string[]) =>
  checkModel(body.model) ??
  firstOf(
    checkRequired(body, "messages"),
    checkUnknown(body, refuses),
    checkMessages(body.messages),
    checkRange(body, "temperature", 0, 2),
    checkRange(body, "top_p", 0, 1),
    checkRange(body, "n", 1, 128),
    checkRange(body, "presence_penalty", -2, 2),
    checkRange(body, "frequency_penalty", -2, 2),
    checkRange(body, "max_tokens", 1, 10_000_000),
    checkRange(body, "top_logprobs", 0, 20),
    body.stop?.length > 4 && Array.isArray(body.stop)
      ? invalid("Invalid 'stop': array too long. Expected an array with maximum length 4.", "stop")
      : undefined,
    body.stream_options && !body.stream
      ? invalid(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          "stream_options",
        )
      : undefined,
    body.tool_choice && !body.tools
      ? invalid("'tool_choice' is only allowed when 'tools' are specified.", "tool_choice")
      : undefined,
  )

type Words = { status: number; type: string; code: string | null }

export const openaiWords: Record<RefusalKind, Words> = {
  invalid: { status: 400, type: "invalid_request_error", code: null },
  unauthorized: { status: 401, type: "invalid_request_error", code: "invalid_api_key" },
  quota: { status: 429, type: "insufficient_quota", code: "insufficient_quota" },
  "content-filter": {
    status: 400,
    type: "invalid_request_error",
    code: "content_policy_violation",
  },
  "model-missing": { status: 404, type: "invalid_request_error", code: "model_not_found" },
  "rate-limited": { status: 429, type: "requests", code: "rate_limit_exceeded" },
  overloaded: { status: 503, type: "server_error", code: "overloaded" },
}

/** What a refused caller should wait, in seconds. */
const retryAfterS = 7

export const jsonRefusal = (kind: RefusalKind, status: number, body: unknown): Transcript => ({
  status,
  headers: {
    "content-type": "application/json",
    ...(kind === "rate-limited" && { "retry-after": `${retryAfterS}` }),
  },
  body: JSON.stringify(body),
})

/** @see https://platform.openai.com/docs/guides/error-codes */
function refuseAsOpenai({ kind, message, param = undefined }: Refusal): Transcript {
  const { status, type, code } = openaiWords[kind]
  return jsonRefusal(kind, status, { error: { message, type, param: param ?? null, code } })
}

/** @see https://platform.openai.com/docs/guides/rate-limits */
const openaiLimitHeaders = (limit: number, left: number) => ({
  "x-ratelimit-limit-requests": `${limit}`,
  "x-ratelimit-remaining-requests": `${left}`,
  "x-ratelimit-reset-requests": `${retryAfterS}s`,
})
