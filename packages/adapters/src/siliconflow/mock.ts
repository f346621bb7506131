import { jsonRefusal, openaiMock } from "../openai/mock.ts"
import type { RefusalKind } from "../testing/mock.ts"

const words: Record<RefusalKind, readonly [status: number, code: number]> = {
  invalid: [400, 20_015],
  unauthorized: [401, 0],
  quota: [403, 30_001],
  "content-filter": [451, 20_024],
  "model-missing": [400, 20_012],
  "rate-limited": [429, 0],
  overloaded: [503, 50_505],
}

/** A wrong key is told in a bare string. @see https://docs.siliconflow.cn/cn/faqs/error-code */
export const mock = openaiMock({
  refuse({ kind, message }) {
    const [status, code] = words[kind]
    if (kind === "unauthorized") return jsonRefusal(kind, status, "Invalid token")
    return jsonRefusal(kind, status, { ...(code && { code }), message, data: null })
  },
  limitHeaders: null,
})
