import { jsonRefusal } from "../openai/mock.ts"
import { checkJson, checkModel, checkRange, firstOf, invalid } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import { retold } from "../testing/retold.ts"
import type { SeenRequest } from "../testing/simulate.ts"
import { isRecord, type Json, record, records } from "../wire/json.ts"
import { signTencent } from "../wire/sign/tencent.ts"

const secretId = "AKIDMock"
const secretKey = "mock-secret"

/** @see https://cloud.tencent.com/document/api/1729/105701 */
export const cloudMock: Mock = {
  channel: (url) => ({ baseUrl: url, key: `${secretId}|${secretKey}` }),
  takes: ["POST / with x-tc-action: ChatCompletions and a TC3-HMAC-SHA256 signature"],
  check: (seen) => checkSignature(seen) ?? checkJson(seen.body) ?? checkBody(seen.body),
  answer: (seen, script) =>
    retold(seen, script, {
      model: seen.body.Model,
      stream: seen.body.Stream === true,
      tell: (answer) => tell(answer, seen.body.Stream === true),
    }),
  refuse: ({ kind, message }) =>
    jsonRefusal(kind, 200, {
      Response: { Error: { Code: codes[kind], Message: message }, RequestId: "mock" },
    }),
  breakOff: ({ message }) =>
    `data: ${JSON.stringify({ ErrorMsg: { Msg: message, Code: 4_001 } })}\n\n`,
}

const codes: Record<RefusalKind, string> = {
  invalid: "InvalidParameter",
  unauthorized: "AuthFailure.SignatureFailure",
  quota: "FailedOperation.ResourcePackExhausted",
  "content-filter": "OperationDenied.TextIllegalDetected",
  "model-missing": "InvalidParameterValue.Model",
  "rate-limited": "RequestLimitExceeded",
  overloaded: "FailedOperation.EngineServerLimitExceeded",
}

/** How far the clocks may be apart. */
const skewMs = 300_000

function checkSignature({ headers, text }: SeenRequest): Refusal | undefined {
  const now = Number(headers.get("x-tc-timestamp")) * 1_000
  if (!(Math.abs(now - Date.now()) < skewMs)) return unauthorized("The signature has expired.")
  const action = headers.get("x-tc-action") ?? ""
  const signed = {
    host: headers.get("host") ?? "",
    service: "hunyuan",
    action,
    contentType: headers.get("content-type") ?? "",
    body: text,
  }
  if (action !== "ChatCompletions" || headers.get("x-tc-version") !== "2023-09-01")
    return invalid("InvalidAction")
  return headers.get("authorization") === signTencent(signed, { secretId, secretKey }, now)
    ? undefined
    : unauthorized("The provided credentials could not be validated.")
}

const unauthorized = (message: string): Refusal => ({ kind: "unauthorized", message })

const messagesMax = 40

const checkBody = (body: Json) =>
  checkModel(body.Model) ??
  firstOf(
    checkTurns(records(body.Messages)),
    checkRange(body, "Temperature", 0, 2),
    checkRange(body, "TopP", 0, 1),
    records(body.Tools).every((tool) => typeof record(tool.Function).Parameters === "string")
      ? undefined
      : invalid("Tools.Function.Parameters must be a string"),
  )

/** The system's turn first, then the others in turn, the last of them the user's or a result. */
function checkTurns(messages: readonly Json[]): Refusal | undefined {
  const turns = messages[0]?.Role === "system" ? messages.slice(1) : messages
  const last = turns.at(-1)?.Role
  if (messages.length > messagesMax) return invalid("too many messages")
  if (turns[0]?.Role !== "user" || (last !== "user" && last !== "tool"))
    return invalid("messages must begin with user, and end with user or tool")
  const wrong = turns.some(({ Role, Content, Contents, ToolCalls }, index) =>
    Role === "system" || (Role !== "tool" && Role === turns[index - 1]?.Role)
      ? true
      : !Content && !Contents && !ToolCalls,
  )
  return wrong ? invalid("user and assistant must take turns, and say something") : undefined
}

/** A frame is bare, a whole answer is wrapped. */
function tell(answer: Json, stream: boolean) {
  const said = inPascalCase({
    ...answer,
    choices: records(answer.choices).map(({ finish_reason, ...choice }) => ({
      ...choice,
      finish_reason: finish_reason ?? "",
    })),
  })
  return stream ? said : { Response: said }
}

function inPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPascalCase)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      inPascalCase(inner),
    ]),
  )
}
