import { clamped } from "../openai/clamp.ts"
import { inOtherWords } from "../openai/in-other-words.ts"
import { type Answer, type ChatRequest, type Upstream, UpstreamError } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { functionTurns } from "../wire/function-turns.ts"
import { isRecord, type Json, record } from "../wire/json.ts"
import { keyMarker, type WireRequest } from "../wire/protocol.ts"
import { accessToken, forgetToken } from "./access.ts"
import { wenxinErrors } from "./errors.ts"
import { pathOf } from "./names.ts"

/** The version before the second: a key in two parts is exchanged for a token, and models are paths. */
export async function askWenxin(request: ChatRequest, upstream: Upstream): Promise<Answer> {
  const baseUrl = upstream.baseUrl.replace("//qianfan.baidubce.com", "//aip.baidubce.com")
  const outside = { ...upstream, baseUrl }
  const token = await accessToken(outside)
  try {
    // From here on the token is the secret: that is what errors must not show.
    return await askChat(wenxin, request, { ...outside, key: token })
  } catch (cause) {
    if (cause instanceof UpstreamError && cause.kind === "auth") forgetToken(outside)
    throw cause
  }
}

const wenxin = inOtherWords({
  buildRequest,
  markers: [keyMarker("usage"), keyMarker("finish_reason"), keyMarker("error_code")],
  toOpenai,
  errors: wenxinErrors,
})

/** @see https://cloud.baidu.com/doc/WENXINWORKSHOP/s/clntwmv7t */
function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  const { temperature, topP: top_p, tools, toolChoice } = request
  const wishes = { temperature, top_p }
  const turns = functionTurns(request.messages)
  const [first] = turns
  const system = first?.role === "system" ? first.content : undefined
  const root = `${baseUrl.replace(/\/rpc\/.*$/, "")}/rpc/2.0/ai_custom/v1/wenxinworkshop/chat`
  return {
    url: `${root}/${pathOf(request.model)}?access_token=${encodeURIComponent(key)}`,
    headers: {},
    body: JSON.stringify({
      messages: system === undefined ? turns : turns.slice(1),
      system,
      stream: request.stream,
      max_output_tokens: request.maxTokens,
      ...wishes,
      ...clamped(wishes, { temperature: [0.01, 1], top_p: [0, 1] }),
      stop: request.stop,
      user_id: request.user,
      functions:
        tools?.length && toolChoice !== "none"
          ? tools.map(({ name, description = name, parameters = noParameters }) => ({
              name,
              description,
              parameters,
            }))
          : undefined,
    }),
  }
}

const noParameters = { type: "object", properties: {} }

/** Every frame has a reason, which only means something in the last. */
function toOpenai(frame: Json): Json {
  if (frame.error_code)
    return { error: { code: String(frame.error_code), message: frame.error_msg } }
  const { result, function_call, finish_reason: reason, is_end = true, usage } = frame
  if (result === undefined) return frame
  const thoughts = record(function_call).thoughts
  return {
    usage,
    choices: [
      {
        message: {
          content: result,
          ...(isRecord(function_call) && { function_call, reasoning_content: thoughts }),
        },
        finish_reason: !is_end ? null : reason === "normal" ? "stop" : reason,
      },
    ],
  }
}
