import { jsonRefusal, openaiMock } from "../openai/mock.ts"
import type { RefusalKind } from "../testing/mock.ts"
import { severalWays } from "../testing/several-ways.ts"
import { wenxinMock } from "./mock-wenxin.ts"

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "invalid_messages"],
  unauthorized: [401, "invalid_iam_token"],
  quota: [403, "account_overdue"],
  "content-filter": [400, "content_filter"],
  "model-missing": [400, "invalid_model"],
  "rate-limited": [429, "rpm_rate_limit_exceeded"],
  overloaded: [500, "internal_error"],
}

/** @see https://cloud.baidu.com/doc/qianfan-api/s/3m9b5lqft */
export const mock = severalWays(
  openaiMock({
    key: "bce-v3/mock",
    refuse({ kind, message }) {
      const [status, code] = words[kind]
      return jsonRefusal(kind, status, { error: { code, message, type: "error" }, id: "mock" })
    },
  }),
  { took: ({ path }) => path.startsWith("/oauth/") || path.startsWith("/rpc/"), mock: wenxinMock },
)
