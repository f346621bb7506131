import type { CodeTable } from "../wire/code-table.ts"

/** Of the second version. @see https://cloud.baidu.com/doc/qianfan-api/s/3m9b5lqft */
export const errors: CodeTable = {
  invalid_iam_token: "auth",
  access_denied: "auth",
  invalid_model: "model-missing",
  model_not_supported: "model-missing",
  rpm_rate_limit_exceeded: "rate-limit",
  tpm_rate_limit_exceeded: "rate-limit",
  preemptible_rpm_rate_limit_exceeded: "rate-limit",
  account_overdue: "quota",
  malformed_json: "invalid-request",
  invalid_messages: "invalid-request",
  internal_error: "overloaded",
  server_busy: "overloaded",
}

/** Of the first. @see https://cloud.baidu.com/doc/WENXINWORKSHOP/s/tlmyncueh */
export const wenxinErrors: CodeTable = {
  1: "overloaded",
  2: "overloaded",
  3: "model-missing",
  4: "rate-limit",
  6: "auth",
  13: "auth",
  14: "auth",
  15: "auth",
  17: "rate-limit",
  18: "rate-limit",
  19: "quota",
  100: "auth",
  110: "auth",
  111: "auth",
  336000: "overloaded",
  336001: "invalid-request",
  336002: "invalid-request",
  336003: "invalid-request",
  336004: "auth",
  336005: "auth",
  336100: "overloaded",
  336103: "invalid-request",
  336501: "rate-limit",
  336502: "rate-limit",
}
