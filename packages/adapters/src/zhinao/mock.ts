import { jsonRefusal, openaiMock } from "../openai/mock.ts"
import { checkRange } from "../testing/check.ts"
import type { RefusalKind } from "../testing/mock.ts"

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "1001"],
  unauthorized: [401, "1002"],
  quota: [429, "1006"],
  "content-filter": [400, "1004"],
  "model-missing": [404, "1001"],
  "rate-limited": [429, "1005"],
  overloaded: [503, "1000"],
}

/** @see https://ai.360.com/platform/docs/overview */
export const mock = openaiMock({
  check: ({ body }) => checkRange(body, "temperature", 0, 1),
  refuse({ kind, message }) {
    const [status, code] = words[kind]
    return jsonRefusal(kind, status, { error: { message, type: "error", code } })
  },
  limitHeaders: null,
})
