import { openaiMock } from "../openai/mock.ts"
import { checkJson, checkKey, checkRange, firstOf, invalid } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import type { Script } from "../testing/script.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { record, records } from "../wire/json.ts"
import { sparkSignature } from "../wire/sign/spark-url.ts"
import { versionOf } from "./versions.ts"

const appId = "5f0a"
const apiSecret = "mock-api-secret"
const apiKey = "mock-api-key"
const password = "mock-api-password"

const http = openaiMock({ key: password })

/** Speaks over a WebSocket; a POST is answered the way of the HTTP interface. */
export const mock: Mock = {
  channel: (url) => ({
    baseUrl: url.replace(/^http/, "ws"),
    key: `${appId}|${apiSecret}|${apiKey}`,
  }),
  takes: [
    "WebSocket /v4.0/chat and the like, with a signature in the query",
    `POST …/chat/completions, key ${password}`,
  ],
  handshake: checkSignature,
  check: (seen) => (seen.socket ? checkQuestion(seen) : checkHttp(seen)),
  answer: (seen, script) => (seen.socket ? told(script) : http.answer(seen, script)),
  refuse: (refusal, seen) =>
    seen.socket ? refuseInFrame(refusal) : refuseHandshake(refusal, seen),
  breakOff: (refusal) => frameOf(refusal),
}

/** How far the clocks may be apart. */
const skewMs = 300_000

/** @see https://www.xfyun.cn/doc/spark/general_url_authentication.html */
function checkSignature({ path, headers }: SeenRequest): Refusal | undefined {
  const [pathname = "", query] = path.split("?")
  const asked = new URLSearchParams(query)
  const date = asked.get("date") ?? ""
  const host = asked.get("host") ?? ""
  if (host !== headers.get("host") || !(Math.abs(Date.parse(date) - Date.now()) < skewMs))
    return { kind: "unauthorized", message: "HMAC signature cannot be verified" }
  const signature = sparkSignature({ host, date, path: pathname }, apiSecret)
  const origin = Buffer.from(asked.get("authorization") ?? "", "base64").toString()
  return origin.includes(`="${apiKey}"`) && origin.includes(`signature="${signature}"`)
    ? undefined
    : { kind: "unauthorized", message: "Unauthorized" }
}

/** @see https://www.xfyun.cn/doc/spark/Web.html */
function checkQuestion({ path, body }: SeenRequest): Refusal | undefined {
  const json = checkJson(body)
  if (json) return json
  const chat = record(record(body.parameter).chat)
  const payload = record(body.payload)
  if (record(body.header).app_id !== appId)
    return { kind: "unauthorized", message: "tokens.total: license not authorized" }
  const version = versionOf(String(chat.domain))
  if (version.path !== path.split("?")[0])
    return { kind: "model-missing", message: "domain and path do not match" }
  return firstOf(
    checkTurns(records(record(payload.message).text), version.able),
    payload.functions && !version.able ? invalid("functions are not supported") : undefined,
    checkRange(chat, "temperature", 0.000_1, 1),
    checkRange(chat, "top_k", 1, 6),
    checkRange(chat, "max_tokens", 1, version.tokensMax),
  )
}

function checkTurns(turns: readonly Record<string, unknown>[], takesSystem: boolean) {
  if (turns.length === 0) return invalid("message.text must not be empty")
  const roles = takesSystem ? ["system", "user", "assistant"] : ["user", "assistant"]
  if (turns.some(({ role }) => !roles.includes(String(role)))) return invalid("unknown role")
  if (turns.some(({ content }) => typeof content !== "string" || content === ""))
    return invalid("content must not be empty")
  return turns.at(-1)?.role === "user" ? undefined : invalid("the last turn must be the user's")
}

const checkHttp = (seen: SeenRequest) => {
  const given = seen.headers.get("authorization")?.replace(/^Bearer /, "")
  return given === `${apiKey}:${apiSecret}` ? undefined : checkKey(given, password)
}

const sid = "cht000a@dx18"

/** All but the last message say 1, the last one 2 with the count. */
function told({ chunks, reasoning = [], toolCalls = [], usage, delayMs }: Script): Transcript {
  const pieces = [
    ...reasoning.map((text) => ({ content: "", reasoning_content: text })),
    ...chunks.map((content) => ({ content })),
    ...toolCalls.map(({ name, arguments: json }) => ({
      content: "",
      content_type: "text",
      function_call: { name, arguments: json },
    })),
    { content: "" },
  ]
  const { input, output } = usage ?? { input: 7, output: chunks.length }
  const counted = { question_tokens: 1, prompt_tokens: input, completion_tokens: output }
  return {
    ...(delayMs && { pauseMs: delayMs }),
    body: pieces.map((piece, seq) => {
      const last = seq === pieces.length - 1
      const status = seq === 0 ? 0 : last ? 2 : 1
      const choices = { status, seq, text: [{ role: "assistant", index: 0, ...piece }] }
      return JSON.stringify({
        header: { code: 0, message: "Success", sid, status },
        payload: { choices, ...(last && usage !== null && { usage: { text: counted } }) },
      })
    }),
  }
}

const codes: Record<RefusalKind, number> = {
  invalid: 10_163,
  unauthorized: 11_200,
  quota: 11_201,
  "content-filter": 10_013,
  "model-missing": 10_404,
  "rate-limited": 11_202,
  overloaded: 10_008,
}

const frameOf = ({ kind, message }: Refusal) =>
  JSON.stringify({ header: { code: codes[kind], message, sid, status: 2 } })

const refuseInFrame = (refusal: Refusal): Transcript => ({ body: frameOf(refusal) })

function refuseHandshake(refusal: Refusal, seen: SeenRequest): Transcript {
  const headers = { "content-type": "application/json" }
  const { kind, message } = refusal
  if (seen.method === "GET")
    return {
      status: kind === "unauthorized" ? 401 : 403,
      headers,
      body: JSON.stringify({ message }),
    }
  const code = String(codes[kind])
  const error = { message: `${message} (${code})`, type: "api_error", param: null, code }
  return { status: kind === "unauthorized" ? 401 : 400, headers, body: JSON.stringify({ error }) }
}
