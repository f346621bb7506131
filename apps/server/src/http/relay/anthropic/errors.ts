import type { AppError, ErrorCode } from "../../../core/error.ts"
import { statusOf } from "../status-of.ts"

/** @see https://docs.anthropic.com/en/api/errors */
const types: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  504: "timeout_error",
  529: "overloaded_error",
}

/** Anthropic's own status for "not now". */
const statuses: Partial<Record<ErrorCode, number>> = {
  "upstream.unavailable": 529,
  "server.stopping": 529,
}

export function refusal(error: AppError, requestId: string) {
  const status = statuses[error.code] ?? statusOf(error)
  return { status, body: { ...wireError(error, status), request_id: requestId } }
}

const wireError = ({ message }: AppError, status: number) => ({
  type: "error",
  error: {
    type: types[status] ?? (status < 500 ? "invalid_request_error" : "api_error"),
    message,
  },
})

/** In the middle of a stream there is no status any more. */
export const errorFrame = (error: AppError): string =>
  `event: error\ndata: ${JSON.stringify(wireError(error, statuses[error.code] ?? statusOf(error)))}\n\n`
