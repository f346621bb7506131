import { jsonRefusal, openaiMock } from "../openai/mock.ts"
import type { Refusal, RefusalKind } from "../testing/mock.ts"
import { severalWays } from "../testing/several-ways.ts"
import { legacyMock } from "./mock-legacy.ts"

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "InvalidParameter"],
  unauthorized: [401, "AuthenticationError"],
  quota: [403, "AccountOverdueError"],
  "content-filter": [400, "InputTextSensitiveContentDetected"],
  "model-missing": [404, "InvalidEndpointOrModel.NotFound"],
  "rate-limited": [429, "RateLimitExceeded.EndpointRPMExceeded"],
  overloaded: [429, "ServerOverloaded"],
}

/** @see https://www.volcengine.com/docs/82379/1299023 */
export function refuseAsVolcengine({ kind, message }: Refusal) {
  const [status, code] = words[kind]
  return jsonRefusal(kind, status, { error: { code, message, param: "", type: "Error" } })
}

export const mock = severalWays(openaiMock({ key: "ark-mock", refuse: refuseAsVolcengine }), {
  took: ({ path }) => path.endsWith("/chat"),
  mock: legacyMock,
})
