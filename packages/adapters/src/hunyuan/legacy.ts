import { clamped } from "../openai/clamp.ts"
import { inOtherWords } from "../openai/in-other-words.ts"
import { markers } from "../openai/stream.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"
import { type Json, record } from "../wire/json.ts"
import { plainTurns } from "../wire/plain-turns.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { signHunyuan } from "../wire/sign/tencent.ts"
import { unsupported } from "../wire/unsupported.ts"
import { keysOf } from "./keys.ts"

/** The first interface, which has ended; kept for those who run one like it. */
export const legacy = inOtherWords({ buildRequest, markers, toOpenai })

const path = "/hyllm/v1/chat/completions"

export const isLegacy = (baseUrl: string) =>
  /\/hyllm(\/v1)?$/.test(baseUrl) || new URL(baseUrl).host === "hunyuan.cloud.tencent.com"

/** How long a signature is good for, in seconds. */
const validSeconds = 86_400

/** @see https://cloud.tencent.com/document/product/1729/97732 */
function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  if (request.tools?.length) throw unsupported("tools", "tools")
  const url = `${baseUrl.replace(/\/hyllm(\/v1)?$/, "")}${path}`
  const { appId, secretId, secretKey } = keysOf(key)
  const timestamp = Math.floor(Date.now() / 1_000)
  const { temperature = 0, topP: top_p = 0.8, stream } = request
  const wishes = { temperature, top_p }
  const parameters = {
    app_id: appId,
    secret_id: secretId,
    query_id: crypto.randomUUID(),
    timestamp,
    expired: timestamp + validSeconds,
    ...wishes,
    ...clamped(wishes, { temperature: [0, 2], top_p: [0, 1] }),
    stream: stream ? 1 : 0,
    messages: plainTurns(request.messages, false),
  }
  return {
    url,
    headers: { authorization: signHunyuan(url.replace(/^https?:\/\//, ""), parameters, secretKey) },
    body: JSON.stringify(parameters),
  }
}

/** Every frame has an `error`; one without a code is none. */
function toOpenai(frame: Json): Json {
  const { error, ...answer } = frame
  return record(error).code ? { error } : answer
}
