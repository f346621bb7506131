import type { UpstreamErrorKind } from "../spec/index.ts"
import type { Failure, Verdict } from "../wire/failure.ts"

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html */
const kinds: Record<string, UpstreamErrorKind> = {
  throttlingException: "rate-limit",
  serviceQuotaExceededException: "rate-limit",
  modelNotReadyException: "overloaded",
  modelErrorException: "overloaded",
  modelStreamErrorException: "overloaded",
  internalServerException: "overloaded",
  serviceUnavailableException: "overloaded",
  modelTimeoutException: "timeout",
  validationException: "invalid-request",
  accessDeniedException: "auth",
  resourceNotFoundException: "model-missing",
}

const sentences: readonly [RegExp, UpstreamErrorKind][] = [
  [/model identifier is invalid|on-demand throughput isn.t supported/i, "model-missing"],
  [/don.t have access to the model|access to this model is not available/i, "model-missing"],
  [/too many tokens per day/i, "quota"],
  [/blocked by (our )?content filter|content filtering policy/i, "content-filter"],
]

/** The name of an exception is in a header, so that of a refusal only sentence and status tell. */
export function judge({ code = "", message, status }: Failure): Verdict {
  const sentence = sentences.find(([pattern]) => pattern.test(message))
  const kind = sentence?.[1] ?? kinds[code] ?? (status === 424 ? "overloaded" : undefined)
  return kind ? { kind } : {}
}
