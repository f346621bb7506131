import { clamped } from "../openai/clamp.ts"
import { inOtherWords } from "../openai/in-other-words.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"
import { isRecord, type Json, parseJson, record, records } from "../wire/json.ts"
import { plainTurns } from "../wire/plain-turns.ts"
import { keyMarker, type WireRequest, wordMarker } from "../wire/protocol.ts"
import { zhipuToken } from "../wire/sign/zhipu-token.ts"
import { unsupported } from "../wire/unsupported.ts"
import { errors } from "./errors.ts"
import { legacyFraming } from "./legacy-framing.ts"

/** The third version, which has ended; kept for those who run one like it. */
export const legacy = inOtherWords({
  buildRequest,
  framing: legacyFraming,
  markers: [keyMarker("usage"), keyMarker("finish_reason"), wordMarker("error")],
  toOpenai,
  errors,
})

/** Chat Nio has them under names of its own. */
const ownName = (model: string) => model.replace(/^zhipu-/, "").replace("chatglm-", "chatglm_")

export const isLegacy = (model: string, baseUrl: string) =>
  /^(zhipu-)?chatglm[-_](turbo|pro|std|lite)$/.test(model) || /\/v3$/.test(baseUrl)

/** The token stands alone: this version knows no `Bearer`. */
function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  if (request.tools?.length) throw unsupported("tools", "tools")
  const { temperature, topP: top_p, stream } = request
  const wishes = { temperature, top_p }
  const base = `${baseUrl.replace(/\/api\/paas.*$/, "")}/api/paas/v3/model-api`
  return {
    url: `${base}/${encodeURIComponent(ownName(request.model))}/${stream ? "sse-invoke" : "invoke"}`,
    headers: { authorization: zhipuToken(key, Date.now()) },
    body: JSON.stringify({
      prompt: plainTurns(request.messages, false),
      ...wishes,
      ...clamped(wishes, { temperature: [0.01, 1], top_p: [0.01, 0.99] }),
      request_id: crypto.randomUUID(),
      incremental: true,
    }),
  }
}

/** A whole answer is wrapped, and its words are written as JSON once more. */
function toOpenai(frame: Json): Json {
  if (frame.success === false) return { error: { code: String(frame.code), message: frame.msg } }
  if (!isRecord(frame.data)) return frame
  return {
    choices: records(frame.data.choices).map(({ content }) => ({
      message: { role: "assistant", content: unquoted(content) },
      finish_reason: "stop",
    })),
    usage: record(frame.data).usage,
  }
}

function unquoted(content: unknown) {
  const inner = typeof content === "string" ? parseJson(content) : undefined
  return typeof inner === "string" ? inner : content
}
