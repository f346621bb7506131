import { jsonRefusal, openaiMock } from "../openai/mock.ts"
import { checkRange } from "../testing/check.ts"
import type { RefusalKind } from "../testing/mock.ts"

const codes: Record<RefusalKind, number> = {
  invalid: 2_013,
  unauthorized: 1_004,
  quota: 1_008,
  "content-filter": 1_026,
  "model-missing": 2_013,
  "rate-limited": 1_002,
  overloaded: 1_033,
}

/** Failures are successes with a number. @see https://platform.minimaxi.com/docs/api-reference/errorcode */
export const mock = openaiMock({
  check: ({ body }) => checkRange(body, "temperature", 0.000_1, 1),
  refuse: ({ kind, message }) =>
    jsonRefusal(kind, 200, { base_resp: { status_code: codes[kind], status_msg: message } }),
  limitHeaders: null,
})
