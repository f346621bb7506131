import type { AppError } from "../../core/error.ts"

/** The upstream's own 4xx where the caller is at fault, else ours. */
export const statusOf = (error: AppError): number =>
  error.code === "upstream.refused" && typeof error.params.status === "number"
    ? error.params.status
    : error.status
