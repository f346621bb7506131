import { clamped } from "../openai/clamp.ts"
import { inOtherWords } from "../openai/in-other-words.ts"
import { markers } from "../openai/stream.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"
import { functionTurns } from "../wire/function-turns.ts"
import { isRecord, type Json } from "../wire/json.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { signVolcengine } from "../wire/sign/volcengine.ts"
import { errors } from "./errors.ts"

/** The platform Skylark was on before Ark, which has ended; kept for those who run one like it. */
export const legacy = inOtherWords({ buildRequest, markers, toOpenai, errors })

/** A key in two parts, `AK|SK`, signs. */
export const signs = (key: string) => key.includes("|")

const region = "cn-beijing"
const service = "ml_maas"
const contentType = "application/json"

/** @see https://www.volcengine.com/docs/82379/1099475 */
function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  const url = addressOf(baseUrl, request.model)
  const [accessKey = "", secretKey = ""] = key.split("|").map((part) => part.trim())
  const body = JSON.stringify(toBody(request))
  const signed = { url, region, service, body, contentType }
  const headers = signVolcengine(signed, { accessKey, secretKey }, Date.now())
  return { url, headers, body }
}

/** A model called like an endpoint has an address of its own. */
function addressOf(baseUrl: string, model: string) {
  const base = baseUrl.replace(/\/api\/v\d$/, "")
  return model.startsWith("ep-")
    ? `${base}/api/v2/endpoint/${encodeURIComponent(model)}/chat`
    : `${base}/api/v1/chat`
}

function toBody(request: ChatRequest) {
  const { temperature, topP: top_p, tools, toolChoice } = request
  const wishes = { temperature, top_p }
  return {
    model: { name: request.model },
    messages: functionTurns(request.messages),
    parameters: {
      max_tokens: request.maxTokens,
      ...wishes,
      ...clamped(wishes, { temperature: [0, 1], top_p: [0, 1] }),
      top_k: request.topK,
      presence_penalty: request.presencePenalty,
      frequency_penalty: request.frequencyPenalty,
      stop: request.stop,
    },
    stream: request.stream,
    functions:
      tools?.length && toolChoice !== "none"
        ? tools.map(({ name, description, parameters }) => ({ name, description, parameters }))
        : undefined,
  }
}

/** One choice, which has no number. */
function toOpenai({ choice, ...frame }: Json): Json {
  return isRecord(choice) ? { ...frame, choices: [choice] } : frame
}
