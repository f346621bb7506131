import type { UpstreamErrorKind } from "../spec/index.ts"
import type { Failure, Verdict } from "../wire/failure.ts"
import { record, records } from "../wire/json.ts"

/** @see https://ai.google.dev/gemini-api/docs/troubleshooting */
const kinds: Record<string, UpstreamErrorKind> = {
  INVALID_ARGUMENT: "invalid-request",
  FAILED_PRECONDITION: "auth",
  UNAUTHENTICATED: "auth",
  PERMISSION_DENIED: "auth",
  NOT_FOUND: "model-missing",
  RESOURCE_EXHAUSTED: "rate-limit",
  INTERNAL: "overloaded",
  UNAVAILABLE: "overloaded",
  CANCELLED: "overloaded",
  DEADLINE_EXCEEDED: "timeout",
  content_filter: "content-filter",
}

/** A bad key is an invalid argument to Google: only the details tell. */
export function judge({ code = "", message, body }: Failure): Verdict {
  const details = records(record(record(body).error).details)
  const retryAfterMs = details.map(({ retryDelay }) => durationMs(retryDelay)).find(Boolean)
  const badKey =
    details.some(({ reason }) => reason === "API_KEY_INVALID") || /api key not valid/i.test(message)
  const kind = badKey ? "auth" : kinds[code]
  return { ...(kind && { kind }), ...(retryAfterMs && { retryAfterMs }) }
}

/** Durations are seconds with an `s`: `48.9s`. */
const durationMs = (duration: unknown) =>
  typeof duration === "string" ? Math.ceil(Number.parseFloat(duration) * 1_000) : 0
