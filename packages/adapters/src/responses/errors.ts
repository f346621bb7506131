import { judge as judgeChat } from "../openai/errors.ts"
import type { UpstreamErrorKind } from "../spec/index.ts"
import type { Failure, Verdict } from "../wire/failure.ts"

/** What OpenAI says of a response that failed after it began. */
const kinds: Record<string, UpstreamErrorKind> = {
  invalid_prompt: "invalid-request",
  previous_response_not_found: "invalid-request",
  bio_policy: "content-filter",
  image_content_policy_violation: "content-filter",
  data_residency_mismatch: "auth",
  vector_store_timeout: "timeout",
}

/** @see https://platform.openai.com/docs/api-reference/responses/object#responses/object-error */
export function judge(failure: Failure): Verdict {
  const { code = "" } = failure
  const kind =
    kinds[code] ??
    (/^(invalid|failed_to_download)_.*(image|file)|^image_/.test(code)
      ? "invalid-request"
      : undefined)
  return kind ? { kind } : judgeChat(failure)
}
