import { jsonRefusal } from "../openai/mock.ts"
import { checkJson, checkModel, checkRange, firstOf, invalid } from "../testing/check.ts"
import type { Mock, Refusal } from "../testing/mock.ts"
import { retold } from "../testing/retold.ts"
import type { SeenRequest } from "../testing/simulate.ts"
import { type Json, record, records } from "../wire/json.ts"
import { signVolcengine } from "../wire/sign/volcengine.ts"

const accessKey = "AKLTmock"
const secretKey = "mock-secret"

/** @see https://www.volcengine.com/docs/82379/1099475 */
export const legacyMock: Mock = {
  channel: (url) => ({ baseUrl: url, key: `${accessKey}|${secretKey}` }),
  takes: ["POST /api/v1/chat with an HMAC-SHA256 signature"],
  check: (seen) => checkSignature(seen) ?? checkJson(seen.body) ?? checkBody(seen.body),
  answer: (seen, script) =>
    retold(seen, script, {
      model: record(seen.body.model).name as string,
      stream: seen.body.stream === true,
      tell,
    }),
  refuse: ({ kind, message }) =>
    jsonRefusal(kind, kind === "unauthorized" ? 401 : 400, {
      error: { code: codes[kind] ?? "InvalidParameter", code_n: 1_709_701, message },
      req_id: "mock",
    }),
}

const codes: Partial<Record<Refusal["kind"], string>> = {
  unauthorized: "AuthenticationError",
  overloaded: "ServerOverloaded",
}

/** Signed as of the time that was sent with it. */
function checkSignature({ path, headers, text }: SeenRequest): Refusal | undefined {
  const [, ...parts] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers.get("x-date") ?? "") ?? []
  const [year, month, day, hour, minute, second] = parts
  const now = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const signed = {
    url: `http://${headers.get("host")}${path}`,
    region: "cn-beijing",
    service: "ml_maas",
    body: text,
    contentType: headers.get("content-type") ?? "",
  }
  const expires = Number.isNaN(now) || Math.abs(now - Date.now()) > skewMs
  const { authorization } = signVolcengine(signed, { accessKey, secretKey }, expires ? 0 : now)
  return headers.get("authorization") === authorization
    ? undefined
    : { kind: "unauthorized", message: "the signature does not match" }
}

/** How far the clocks may be apart. */
const skewMs = 300_000

const checkBody = (body: Json) =>
  checkModel(record(body.model).name) ??
  firstOf(
    checkTurns(records(body.messages)),
    checkRange(record(body.parameters), "temperature", 0, 1),
    checkRange(record(body.parameters), "top_p", 0, 1),
  )

function checkTurns(messages: readonly Json[]): Refusal | undefined {
  const turns = messages.filter(({ role }) => role !== "system")
  if (turns[0]?.role !== "user") return invalid("the first turn must be the user's")
  return turns.some(({ role }, index) => role === turns[index - 1]?.role)
    ? invalid("roles must take turns")
    : undefined
}

/** One choice, and one call in it. */
function tell({ choices, usage = null }: Json) {
  const [choice] = records(choices)
  const message = choice && record(choice.delta ?? choice.message)
  const [call] = records(message?.tool_calls)
  return {
    req_id: "mock",
    ...(choice && {
      choice: {
        index: 0,
        message: { ...message, tool_calls: undefined, function_call: call?.function },
        finish_reason:
          choice.finish_reason === "tool_calls" ? "function_call" : (choice.finish_reason ?? ""),
      },
    }),
    usage,
  }
}
