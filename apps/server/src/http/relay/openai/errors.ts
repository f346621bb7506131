import type { AppError, ErrorCode } from "../../../core/error.ts"
import { statusOf } from "../status-of.ts"

/** OpenAI's own codes, which its clients act on. */
const wireCodes: Partial<Record<ErrorCode, string>> = {
  "auth.key-missing": "invalid_api_key",
  "auth.key-invalid": "invalid_api_key",
  "model.unknown": "model_not_found",
  "points.insufficient": "insufficient_quota",
  "plan.exhausted": "insufficient_quota",
  "plan.used-up": "insufficient_quota",
  "rate.limited": "rate_limit_exceeded",
  "key.expired": "invalid_api_key",
  "key.model": "model_not_found",
  "key.spent": "insufficient_quota",
  "key.requests": "rate_limit_exceeded",
  "key.tokens": "rate_limit_exceeded",
  "key.tokens-never": "rate_limit_exceeded",
  "key.concurrency": "rate_limit_exceeded",
}

/** @see https://platform.openai.com/docs/guides/error-codes */
export function wireError(error: AppError) {
  const { code, param, type } = error.params
  return {
    error: {
      message: error.message,
      type: type ?? error.type,
      param: param ?? null,
      code: code ?? wireCodes[error.code] ?? error.code,
    },
  }
}

export const refusal = (error: AppError) => ({ status: statusOf(error), body: wireError(error) })

/** In the middle of a stream there is no status any more: an error frame, which every SDK throws on. */
export const errorFrame = (error: AppError): string =>
  `data: ${JSON.stringify(wireError(error))}\n\n`
