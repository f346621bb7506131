import { jsonRefusal, openaiMock } from "../openai/mock.ts"
import type { RefusalKind } from "../testing/mock.ts"
import { severalWays } from "../testing/several-ways.ts"
import { nativeMock } from "./mock-native.ts"

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "invalid_parameter_error"],
  unauthorized: [401, "invalid_api_key"],
  quota: [400, "Arrearage"],
  "content-filter": [400, "data_inspection_failed"],
  "model-missing": [404, "model_not_found"],
  "rate-limited": [429, "limit_requests"],
  overloaded: [503, "ModelUnavailable"],
}

/** @see https://help.aliyun.com/zh/model-studio/error-code */
export const mock = severalWays(
  openaiMock({
    refuse({ kind, message }) {
      const [status, code] = words[kind]
      const error = { message, type: "invalid_request_error", param: null, code }
      return jsonRefusal(kind, status, { error, request_id: "mock" })
    },
  }),
  { took: ({ path }) => path.startsWith("/api/v1/services/"), mock: nativeMock },
)
