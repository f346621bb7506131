import { checkJson, invalid, unknownModel } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import { retold } from "../testing/retold.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { type Json, record, records } from "../wire/json.ts"

const clientId = "mock-client"
const clientSecret = "mock-secret"
const token = "24.mock-token"
const root = "/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/"

const isExchange = ({ path }: SeenRequest) => path.startsWith("/oauth/2.0/token")

/** The first version: an exchange for a token, then models as paths. */
export const wenxinMock: Mock = {
  channel: (url) => ({ baseUrl: url, key: `${clientId}|${clientSecret}` }),
  takes: [
    "POST /oauth/2.0/token?grant_type=client_credentials, which gives the token for the rest",
    `POST ${root}{model}?access_token=${token}`,
  ],
  check: (seen) => (isExchange(seen) ? checkClient(seen) : checkRequest(seen)),
  spares: isExchange,
  answer: (seen, script) =>
    isExchange(seen)
      ? json(200, { access_token: token, expires_in: 2_592_000 })
      : retold(seen, script, {
          model: "ernie",
          stream: seen.body.stream === true,
          tell,
        }),
  refuse: ({ kind, message }, seen) =>
    isExchange(seen)
      ? json(401, { error: "invalid_client", error_description: message })
      : json(200, { error_code: codes[kind], error_msg: message, id: "mock" }),
}

const json = (status: number, body: unknown): Transcript => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

const codes: Record<RefusalKind, number> = {
  invalid: 336_003,
  unauthorized: 110,
  quota: 19,
  "content-filter": 336_003,
  "model-missing": 3,
  "rate-limited": 336_501,
  overloaded: 336_100,
}

const queryOf = ({ path }: SeenRequest) => new URLSearchParams(path.split("?")[1])

function checkClient(seen: SeenRequest): Refusal | undefined {
  const query = queryOf(seen)
  return query.get("client_id") === clientId && query.get("client_secret") === clientSecret
    ? undefined
    : { kind: "unauthorized", message: "unknown client id" }
}

function checkRequest(seen: SeenRequest): Refusal | undefined {
  if (queryOf(seen).get("access_token") !== token)
    return { kind: "unauthorized", message: "Access token invalid or no longer valid" }
  if (!seen.path.startsWith(root) || seen.path.includes(unknownModel))
    return { kind: "model-missing", message: "Unsupported openapi method" }
  return checkJson(seen.body) ?? checkTurns(records(seen.body.messages))
}

/** An odd number of turns, the user's and results on the even places. */
function checkTurns(messages: readonly Json[]): Refusal | undefined {
  if (messages.length % 2 === 0) return invalid("the length of messages must be an odd number")
  const wrong = messages.findIndex(({ role }, index) =>
    index % 2 === 0 ? role !== "user" && role !== "function" : role !== "assistant",
  )
  return wrong < 0 ? undefined : invalid(`the role of message ${wrong} is wrong`)
}

/** Every frame has a reason; which is the last is said apart. */
function tell({ choices, usage }: Json) {
  const [choice] = records(choices)
  const message = choice && record(choice.delta ?? choice.message)
  const [call] = records(message?.tool_calls)
  const ends = choice === undefined || choice.message !== undefined
  return {
    result: message?.content ?? "",
    is_end: ends,
    ...(call && { function_call: { ...record(call.function), thoughts: "" } }),
    finish_reason: choice?.finish_reason === "tool_calls" ? "function_call" : "normal",
    usage: usage ?? { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 },
  }
}
