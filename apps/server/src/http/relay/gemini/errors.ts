import type { AppError } from "../../../core/error.ts"
import { statusOf } from "../status-of.ts"

/** @see https://ai.google.dev/gemini-api/docs/troubleshooting */
const statuses: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  402: "RESOURCE_EXHAUSTED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ABORTED",
  413: "INVALID_ARGUMENT",
  429: "RESOURCE_EXHAUSTED",
  499: "CANCELLED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
}

export const refusal = (error: AppError) => ({ status: statusOf(error), body: wireError(error) })

/** Google's own shape, also for a stream that broke. */
export function wireError(error: AppError) {
  const code = statusOf(error)
  const { seconds } = error.params
  const status = statuses[code] ?? (code < 500 ? "FAILED_PRECONDITION" : "INTERNAL")
  const details =
    seconds === undefined
      ? {}
      : {
          details: [
            { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${seconds}s` },
          ],
        }
  return { error: { code, message: error.message, status, ...details } }
}
