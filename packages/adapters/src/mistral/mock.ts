import { jsonRefusal, openaiMock, openaiWords } from "../openai/mock.ts"
import { invalid } from "../testing/check.ts"
import type { SeenRequest } from "../testing/simulate.ts"
import { records } from "../wire/json.ts"

/** @see https://docs.mistral.ai/api */
export const mock = openaiMock({
  key: "mistral-mock",
  refuses: ["user", "logit_bias", "logprobs", "top_logprobs", "stream_options", "seed"],
  check: checkIds,
  refuse({ kind, message, param }) {
    if (kind === "unauthorized") return jsonRefusal(kind, 401, { detail: "Unauthorized" })
    if (kind === "invalid")
      return jsonRefusal(kind, 422, {
        detail: [{ type: "invalid", loc: ["body", param ?? "body"], msg: message }],
      })
    const { status, type } = openaiWords[kind]
    return jsonRefusal(kind, status, { object: "error", message, type, param: null, code: null })
  },
  limitHeaders: (limit, left) => ({
    "x-ratelimit-limit-req-minute": `${limit}`,
    "x-ratelimit-remaining-req-minute": `${left}`,
  }),
})

function checkIds({ body }: SeenRequest) {
  const ids = records(body.messages).flatMap((message) => [
    ...(message.tool_call_id ? [String(message.tool_call_id)] : []),
    ...records(message.tool_calls).map(({ id }) => String(id)),
  ])
  return ids.some((id) => !/^[a-zA-Z0-9]{9}$/.test(id))
    ? invalid("Tool call id must be a-z, A-Z, 0-9, with a length of 9.", "messages")
    : undefined
}
