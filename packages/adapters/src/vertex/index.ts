import { carried } from "../anthropic/carried.ts"
import { anthropicProtocol } from "../anthropic/index.ts"
import { geminiProtocol } from "../gemini/index.ts"
import { openaiProtocol } from "../openai/compatible.ts"
import { pictureByChat } from "../pictures/picture-by-chat.ts"
import { type ChatRequest, type Provider, type Upstream, UpstreamError } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import type { ChatProtocol, WireRequest } from "../wire/protocol.ts"
import { accessToken, forgetToken } from "./access.ts"
import { readKey, rootOf } from "./key.ts"
import { models } from "./models.ts"
import { type Place, tasksWithin } from "./tasks.ts"

/** Google's own models, Anthropic's, and those of others, each in their maker's words or OpenAI's. */
function protocolOf({ model }: ChatRequest, place: Place): ChatProtocol {
  if (model.includes("claude")) return claudeAt(place)
  return model.includes("/") ? othersAt(place) : geminiAt(place)
}

/** @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference */
const geminiAt = ({ root, headers }: Place): ChatProtocol => ({
  ...geminiProtocol,
  buildRequest(request, upstream): WireRequest {
    const { body } = geminiProtocol.buildRequest(request, upstream)
    const verb = request.stream ? "streamGenerateContent?alt=sse" : "generateContent"
    const model = encodeURIComponent(request.model)
    return { url: `${root}/publishers/google/models/${model}:${verb}`, headers, body }
  },
})

/** @see https://docs.anthropic.com/en/api/claude-on-vertex-ai */
const claudeAt = ({ root, headers }: Place): ChatProtocol => ({
  ...anthropicProtocol,
  buildRequest(request): WireRequest {
    const verb = request.stream ? "streamRawPredict" : "rawPredict"
    const model = encodeURIComponent(request.model).replace("%40", "@")
    const url = `${root}/publishers/anthropic/models/${model}:${verb}`
    return { url, headers, body: carried(request, "vertex-2023-10-16", ["stream"]) }
  },
  takesAddress: () => false,
  judge: (failure) => ({ ...geminiProtocol.judge(failure), ...anthropicProtocol.judge(failure) }),
})

/** @see https://cloud.google.com/vertex-ai/generative-ai/docs/migrate/openai/overview */
const othersAt = ({ root, headers }: Place): ChatProtocol => {
  const address = () => `${root}/endpoints/openapi/chat/completions`
  const protocol = openaiProtocol({ address, headers: () => headers })
  return {
    ...protocol,
    judge: (failure) => ({ ...geminiProtocol.judge(failure), ...protocol.judge(failure) }),
  }
}

/** From here on the token is the secret: that is what errors must not show. */
async function open(upstream: Upstream): Promise<{ place: Place; inside: Upstream }> {
  const key = readKey(upstream.key)
  const root = rootOf(upstream, key)
  if (key.apiKey !== undefined)
    return {
      place: { root, headers: { "x-goog-api-key": key.apiKey } },
      inside: { ...upstream, key: key.apiKey },
    }
  const token = await accessToken(key.account!, upstream)
  return {
    place: { root, headers: { authorization: `Bearer ${token}` } },
    inside: { ...upstream, key: token },
  }
}

/** A token that is refused is asked for anew the next time. */
async function within<Result>(
  upstream: Upstream,
  work: (place: Place, inside: Upstream) => Promise<Result>,
): Promise<Result> {
  const { place, inside } = await open(upstream)
  try {
    return await work(place, inside)
  } catch (cause) {
    if (cause instanceof UpstreamError && cause.kind === "auth") forgetToken(upstream)
    throw cause
  }
}

const chat: Provider["chat"] = (request, upstream) =>
  within(upstream, (place, inside) => askChat(protocolOf(request, place), request, inside))

export const vertex: Provider = {
  id: "vertex",
  name: "Google Vertex AI",
  baseUrl: "https://aiplatform.googleapis.com",
  keyFormat: '{"type":"service_account",…}|region',
  models,
  dialect: undefined,
  chat,
  tasks: tasksWithin(within, pictureByChat({ chat })),
}
