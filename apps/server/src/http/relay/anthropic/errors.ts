import type { AppError } from "../../../core/error.ts"
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

/** Anthropic has a status of its own for "not now". */
const wireStatusOf = (error: AppError) => {
  const status = statusOf(error)
  return status === 503 ? 529 : status
}

export function refusal(error: AppError, requestId: string) {
  const status = wireStatusOf(error)
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
  `event: error\ndata: ${JSON.stringify(wireError(error, wireStatusOf(error)))}\n\n`
