import type { UpstreamErrorKind } from "../spec/index.ts"
import { type CodeTable, kindByCode } from "../wire/code-table.ts"
import type { Failure, Verdict } from "../wire/failure.ts"
import { record, text } from "../wire/json.ts"

/** `code` or `type`, of OpenAI and of those who speak like it. */
const kinds: Record<string, UpstreamErrorKind> = {
  context_length_exceeded: "invalid-request",
  invalid_api_key: "auth",
  account_deactivated: "auth",
  authentication_error: "auth",
  invalid_authentication_error: "auth",
  incorrect_api_key_error: "auth",
  insufficient_quota: "quota",
  billing_not_active: "quota",
  billing_hard_limit_reached: "quota",
  exceeded_current_quota_error: "quota",
  model_not_found: "model-missing",
  model_decommissioned: "model-missing",
  DeploymentNotFound: "model-missing",
  content_filter: "content-filter",
  content_policy_violation: "content-filter",
  moderation_blocked: "content-filter",
  rate_limit_exceeded: "rate-limit",
  rate_limit_reached_error: "rate-limit",
  RateLimitReached: "rate-limit",
  engine_overloaded_error: "overloaded",
  server_error: "overloaded",
  overloaded: "overloaded",
  slow_down: "overloaded",
  // The model wrote a call or a document that does not fit; asked again it may do better.
  tool_use_failed: "bad-response",
  json_validate_failed: "bad-response",
  // The fallback: a kind any other word would have beaten.
  invalid_request_error: "invalid-request",
}

/** Where the words are only in the sentence. Each is somebody's, as the providers' pages list them. */
const sentences: readonly [RegExp, UpstreamErrorKind][] = [
  [/incorrect api key|invalid api key|api key not valid/i, "auth"],
  [/insufficient balance|exceeded your current quota|credit balance is too low/i, "quota"],
  [/not allowed to sample from this model|not have access to (the )?model/i, "model-missing"],
  [/content violates|usage guidelines|flagged/i, "content-filter"],
]

/**
 * @param own what the codes of a provider mean that only nearly speaks OpenAI
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export function judge(failure: Failure, own: CodeTable = {}): Verdict {
  const kind = kindByCode(own, failure.code) ?? kindByCode(own, failure.type) ?? kindOf(failure)
  return kind ? { kind } : {}
}

function kindOf({ status, code, type, message, body }: Failure): UpstreamErrorKind | undefined {
  const raw = text(record(record(record(body).error).metadata).raw) ?? ""
  for (const [sentence, kind] of sentences)
    if (sentence.test(message) || sentence.test(raw)) return kind
  const named = kinds[code ?? ""] ?? kinds[type ?? ""]
  // Many call everything an invalid request: then the status knows better.
  return named === "invalid-request" && status !== undefined ? undefined : named
}
