import { bearer, jsonRefusal, openaiMock } from "../openai/mock.ts"
import { checkRange, firstOf, invalid } from "../testing/check.ts"
import type { RefusalKind } from "../testing/mock.ts"
import { severalWays } from "../testing/several-ways.ts"
import { isRecord, parseJson } from "../wire/json.ts"
import { zhipuToken } from "../wire/sign/zhipu-token.ts"
import { legacyMock } from "./mock-legacy.ts"

const key = "mockid.mocksecret"

/** The key a token was made with, or was sent in its place. */
export function keyOf(token: string | null | undefined) {
  const [, payload = ""] = token?.split(".") ?? []
  const claims = parseJson(Buffer.from(payload, "base64url").toString())
  if (!isRecord(claims) || !(Number(claims.exp) > Date.now())) return token
  return token === zhipuToken(key, Number(claims.timestamp)) ? key : "a token of another key"
}

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "1210"],
  unauthorized: [401, "1002"],
  quota: [429, "1113"],
  "content-filter": [400, "1301"],
  "model-missing": [400, "1211"],
  "rate-limited": [429, "1302"],
  overloaded: [429, "1305"],
}

/** @see https://docs.bigmodel.cn/cn/api/api-code */
export const mock = severalWays(
  openaiMock({
    key,
    keyIn: (headers) => keyOf(bearer(headers)),
    refuses: ["n"],
    check: ({ body }) =>
      firstOf(
        checkRange(body, "temperature", 0, 1),
        checkRange(body, "top_p", 0.01, 0.99),
        body.tool_choice !== undefined && body.tool_choice !== "auto"
          ? invalid("tool_choice must be auto", "tool_choice")
          : undefined,
      ),
    refuse({ kind, message }) {
      const [status, code] = words[kind]
      return jsonRefusal(kind, status, { error: { code, message } })
    },
    limitHeaders: null,
  }),
  { took: ({ path }) => path.includes("/v3/"), mock: legacyMock(key, keyOf) },
)
