import { bearer, jsonRefusal } from "../openai/mock.ts"
import { checkJson, checkKey } from "../testing/check.ts"
import type { Mock } from "../testing/mock.ts"
import { retold } from "../testing/retold.ts"
import type { SeenRequest } from "../testing/simulate.ts"
import { type Json, record, records } from "../wire/json.ts"
import { signBaichuan } from "../wire/sign/baichuan.ts"

const key = "bc-mock"
const secret = "mock-secret"

/** The first interface: the body is signed together with a time. */
export const legacyMock: Mock = {
  channel: (url) => ({ baseUrl: url, key: `${key}|${secret}` }),
  takes: ["POST /v1/chat or /v1/stream/chat with an MD5 signature"],
  check: (seen) =>
    checkKey(bearer(seen.headers), key) ?? checkSignature(seen) ?? checkJson(seen.body),
  answer: (seen, script) =>
    retold(seen, script, {
      model: seen.body.model,
      stream: seen.path.startsWith("/v1/stream/"),
      tell,
    }),
  refuse: ({ kind, message }) =>
    jsonRefusal(kind, kind === "unauthorized" ? 401 : 200, { code: 1, msg: message }),
}

function checkSignature({ headers, text }: SeenRequest) {
  const seconds = Number(headers.get("x-bc-timestamp"))
  return headers.get("x-bc-signature") === signBaichuan(text, secret, seconds)
    ? undefined
    : ({ kind: "unauthorized", message: "the signature does not match" } as const)
}

function tell({ choices, usage }: Json) {
  const { prompt_tokens, completion_tokens, total_tokens } = record(usage)
  return {
    code: 0,
    msg: "success",
    data: {
      messages: records(choices).map(({ delta, message = delta, finish_reason }) => ({
        ...record(message),
        finish_reason,
      })),
    },
    usage: { prompt_tokens, answer_tokens: completion_tokens, total_tokens },
  }
}
