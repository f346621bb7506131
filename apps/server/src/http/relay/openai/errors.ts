import type { AppError, ErrorCode } from "../../../core/error.ts"

/** OpenAI's own codes, which its clients act on. */
const wireCodes: Partial<Record<ErrorCode, string>> = {
  "auth.key-missing": "invalid_api_key",
  "auth.key-invalid": "invalid_api_key",
  "model.unknown": "model_not_found",
  "points.insufficient": "insufficient_quota",
  "rate.limited": "rate_limit_exceeded",
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

/** The upstream's own 4xx where the caller is at fault, else ours. */
export const statusOf = (error: AppError): number =>
  error.code === "upstream.refused" && typeof error.params.status === "number"
    ? error.params.status
    : error.status

/** In the middle of a stream there is no status any more: an error frame, which every SDK throws on. */
export const errorFrame = (error: AppError): string =>
  `data: ${JSON.stringify(wireError(error))}\n\n`
