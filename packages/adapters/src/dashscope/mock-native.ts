import { bearer, jsonRefusal } from "../openai/mock.ts"
import { checkJson, checkKey, checkModel, checkRange, firstOf, invalid } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import { retold } from "../testing/retold.ts"
import type { SeenRequest } from "../testing/simulate.ts"
import { type Json, record, records } from "../wire/json.ts"

const key = "sk-mock"

/** @see https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope */
export const nativeMock: Mock = {
  channel: (url) => ({ baseUrl: `${url}/api/v1`, key }),
  takes: ["POST /api/v1/services/aigc/{text,multimodal}-generation/generation, x-dashscope-sse"],
  check: (seen) =>
    checkKey(bearer(seen.headers), key) ?? checkJson(seen.body) ?? checkRequest(seen),
  answer: (seen, script) =>
    retold(seen, script, {
      model: seen.body.model,
      stream: streams(seen),
      tell: (answer) => tell(answer, isMultimodal(seen)),
      frame: (telling) => frame("result", 200, telling),
    }),
  refuse({ kind, message }, seen) {
    const [status, code] = words[kind]
    const body = { code, message, request_id: "mock" }
    // Whoever asked for a stream is refused in one.
    return streams(seen) && status === 400
      ? { headers: { "content-type": "text/event-stream" }, body: frame("error", status, body) }
      : jsonRefusal(kind, status, body)
  },
  breakOff: ({ message }) => frame("error", 500, { code: "InternalError", message }),
}

const streams = ({ headers }: SeenRequest) => headers.get("x-dashscope-sse") === "enable"
const isMultimodal = ({ path }: SeenRequest) => path.includes("/multimodal-generation/")

const frame = (event: string, status: number, data: unknown) =>
  `id:1\nevent:${event}\n:HTTP_STATUS/${status}\ndata:${JSON.stringify(data)}\n\n`

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "InvalidParameter"],
  unauthorized: [401, "InvalidApiKey"],
  quota: [400, "Arrearage"],
  "content-filter": [400, "DataInspectionFailed"],
  "model-missing": [404, "ModelNotFound"],
  "rate-limited": [429, "Throttling.RateQuota"],
  overloaded: [500, "InternalError.Algo"],
}

function checkRequest(seen: SeenRequest): Refusal | undefined {
  const { model, input, parameters = {} } = seen.body
  const messages = records(record(input).messages)
  return (
    checkModel(model) ??
    firstOf(
      messages.length === 0 ? invalid("Role must be user or assistant") : undefined,
      messages.every(({ content }) => Array.isArray(content) === isMultimodal(seen))
        ? undefined
        : invalid("url error, please check url!"),
      streams(seen) && parameters.incremental_output !== true
        ? invalid("this mock only tells what is new")
        : undefined,
      checkRange(parameters, "temperature", 0, 1.999),
      checkRange(parameters, "top_p", 0.000_1, 1),
    )
  )
}

/** Every frame counts, and the reason is the word "null" until there is one. */
function tell({ choices, usage }: Json, multimodal: boolean) {
  const { prompt_tokens, completion_tokens, total_tokens } = record(usage)
  return {
    output: {
      choices: records(choices).map(({ delta, message = delta, finish_reason }) => ({
        message: { ...record(message), content: contentOf(record(message), multimodal) },
        finish_reason: finish_reason ?? "null",
      })),
    },
    usage: { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens },
    request_id: "mock",
  }
}

const contentOf = ({ content }: Json, multimodal: boolean) =>
  multimodal ? [{ text: content ?? "" }] : (content ?? "")
