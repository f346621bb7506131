import { jsonRefusal, openaiMock } from "../openai/mock.ts"
import type { RefusalKind } from "../testing/mock.ts"

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "invalid_request_error"],
  unauthorized: [401, "invalid_authentication_error"],
  quota: [429, "exceeded_current_quota_error"],
  "content-filter": [400, "content_filter"],
  "model-missing": [404, "resource_not_found_error"],
  "rate-limited": [429, "rate_limit_reached_error"],
  overloaded: [429, "engine_overloaded_error"],
}

/** @see https://platform.moonshot.cn/docs/api/errors */
export const mock = openaiMock({
  refuse({ kind, message }) {
    const [status, type] = words[kind]
    return jsonRefusal(kind, status, { error: { message, type } })
  },
})
