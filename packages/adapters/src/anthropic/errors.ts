import type { UpstreamErrorKind } from "../spec/index.ts"
import type { Failure, Verdict } from "../wire/failure.ts"

/** @see https://docs.anthropic.com/en/api/errors */
const kinds: Record<string, UpstreamErrorKind> = {
  invalid_request_error: "invalid-request",
  request_too_large: "invalid-request",
  not_found_error: "model-missing",
  authentication_error: "auth",
  permission_error: "auth",
  billing_error: "quota",
  rate_limit_error: "rate-limit",
  overloaded_error: "overloaded",
  api_error: "overloaded",
  timeout_error: "timeout",
}

export function judge({ type = "", message }: Failure): Verdict {
  if (/credit balance is too low/i.test(message)) return { kind: "quota" }
  if (/content filtering policy/i.test(message)) return { kind: "content-filter" }
  const kind = kinds[type]
  return kind ? { kind } : {}
}
