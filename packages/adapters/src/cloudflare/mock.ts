import { bearer, jsonRefusal, openaiMock } from "../openai/mock.ts"
import type { RefusalKind } from "../testing/mock.ts"

const token = "cloudflare-mock"
const account = "0123456789abcdef"

/** @see https://developers.cloudflare.com/workers-ai/platform/errors/ */
const words: Record<RefusalKind, readonly [number, number]> = {
  invalid: [400, 5004],
  unauthorized: [401, 10000],
  quota: [429, 3036],
  "content-filter": [400, 5004],
  "model-missing": [400, 5007],
  "rate-limited": [429, 971],
  overloaded: [429, 3040],
}

export const mock = openaiMock({
  key: token,
  keyIn: bearer,
  path: `/client/v4/accounts/${account}/ai/v1/chat/completions`,
  channel: (url) => ({ baseUrl: `${url}/client/v4`, key: `${token}|${account}` }),
  refuse({ kind, message }) {
    const [status, code] = words[kind]
    return jsonRefusal(kind, status, {
      success: false,
      errors: [{ code, message }],
      messages: [],
      result: null,
    })
  },
})
