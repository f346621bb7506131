import { jsonRefusal } from "../openai/mock.ts"
import { checkJson, invalid } from "../testing/check.ts"
import type { Mock, Refusal } from "../testing/mock.ts"
import { retold } from "../testing/retold.ts"
import type { SeenRequest } from "../testing/simulate.ts"
import { records } from "../wire/json.ts"
import { signHunyuan } from "../wire/sign/tencent.ts"

const appId = 1_300_000_000
const secretId = "AKIDMock"
const secretKey = "mock-secret"

/** @see https://cloud.tencent.com/document/product/1729/97732 */
export const legacyMock: Mock = {
  channel: (url) => ({ baseUrl: `${url}/hyllm`, key: `${appId}|${secretId}|${secretKey}` }),
  takes: ["POST /hyllm/v1/chat/completions with an HMAC-SHA1 signature"],
  check: (seen) => checkJson(seen.body) ?? checkSignature(seen) ?? checkTurns(seen),
  answer: (seen, script) =>
    retold(seen, script, {
      model: "hunyuan",
      stream: seen.body.stream === 1,
      tell: (answer) => ({ ...answer, note: "mock", error: { code: 0, message: "" } }),
    }),
  refuse: ({ kind, message }) =>
    jsonRefusal(kind, kind === "unauthorized" ? 401 : 400, { error: { code: 2_001, message } }),
}

function checkSignature({ path, headers, body }: SeenRequest): Refusal | undefined {
  const expected = signHunyuan(`${headers.get("host")}${path}`, body, secretKey)
  const fits = body.app_id === appId && body.secret_id === secretId
  return fits && headers.get("authorization") === expected && body.expired > body.timestamp
    ? undefined
    : { kind: "unauthorized", message: "the signature does not match" }
}

const checkTurns = ({ body }: SeenRequest) =>
  records(body.messages).every(({ role }, index) => role === (index % 2 ? "assistant" : "user"))
    ? undefined
    : invalid("roles must take turns")
