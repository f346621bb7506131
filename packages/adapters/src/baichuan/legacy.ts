import { inOtherWords } from "../openai/in-other-words.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"
import { type Json, record, records } from "../wire/json.ts"
import { plainTurns } from "../wire/plain-turns.ts"
import { keyMarker, type WireRequest } from "../wire/protocol.ts"
import { signBaichuan } from "../wire/sign/baichuan.ts"
import { unsupported } from "../wire/unsupported.ts"

/** The first interface, which has ended; kept for those who run one like it. */
export const legacy = inOtherWords({
  buildRequest,
  markers: [keyMarker("usage"), keyMarker("finish_reason"), keyMarker("code")],
  toOpenai,
  errors: { 1: "invalid-request", 2: "auth", 3: "rate-limit", 4: "content-filter" },
})

/** A key in two parts, `key|secret`, signs. */
export const signs = (key: string) => key.includes("|")

function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  if (request.tools?.length) throw unsupported("tools", "tools")
  const [apiKey = "", secret = ""] = key.split("|").map((part) => part.trim())
  const body = JSON.stringify({
    model: request.model === "baichuan-53b" ? "Baichuan2-53B" : request.model,
    messages: plainTurns(request.messages, false),
    parameters: { temperature: request.temperature, top_p: request.topP, top_k: request.topK },
  })
  const seconds = Math.floor(Date.now() / 1_000)
  return {
    url: `${baseUrl.replace(/\/v1$/, "")}/v1/${request.stream ? "stream/chat" : "chat"}`,
    headers: {
      authorization: `Bearer ${apiKey}`,
      "x-bc-timestamp": String(seconds),
      "x-bc-signature": signBaichuan(body, secret, seconds),
      "x-bc-sign-algo": "MD5",
    },
    body,
  }
}

/** `code` 0 means that all is well. */
function toOpenai(frame: Json): Json {
  if (frame.code) return { error: { code: String(frame.code), message: frame.msg } }
  const { prompt_tokens, answer_tokens: completion_tokens, total_tokens } = record(frame.usage)
  return {
    choices: records(record(frame.data).messages).map(({ finish_reason, ...message }) => ({
      message,
      finish_reason,
    })),
    usage: { prompt_tokens, completion_tokens, total_tokens },
  }
}
