import type { Failed } from "../openai/compatible.ts"
import type { CodeTable } from "../wire/code-table.ts"
import { failureOf } from "../wire/failure.ts"
import { record } from "../wire/json.ts"
import { keyMarker } from "../wire/protocol.ts"

/** @see https://platform.minimaxi.com/docs/api-reference/errorcode */
export const errors: CodeTable = {
  1000: "overloaded",
  1001: "timeout",
  1002: "rate-limit",
  1004: "auth",
  1008: "quota",
  1013: "overloaded",
  1024: "overloaded",
  1026: "content-filter",
  1027: "content-filter",
  1033: "overloaded",
  1039: "rate-limit",
  1041: "rate-limit",
  1042: "invalid-request",
  2013: "invalid-request",
  2045: "rate-limit",
  2049: "auth",
  2056: "quota",
}

/** Failures come with a 200 and a number other than 0 in `base_resp`. */
export const failed: Failed = {
  marker: keyMarker("base_resp"),
  in(frame) {
    if (!record(frame.base_resp).status_code) return undefined
    const failure = failureOf(frame)
    // It has one number for all that is wrong with a request.
    return /unknown model|model .*does not exist/i.test(failure.message)
      ? { ...failure, code: "model_not_found" }
      : failure
  },
}
