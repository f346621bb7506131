import { AppError } from "../../../core/error.ts"
import type { Period } from "../../../core/user/get-spending.ts"

/**
 * The days a caller asks for, in UTC: `start_date`, and `end_date` excluded, as `YYYY-MM-DD`.
 * Undefined when neither is named: then all time is meant.
 *
 * @throws AppError `input.invalid`
 */
export function periodOf(query: URLSearchParams): Period | undefined {
  const from = query.get("start_date")
  const until = query.get("end_date")
  if (!from && !until) return undefined
  return {
    from: from ? dayOf("start_date", from) : 0,
    until: until ? dayOf("end_date", until) : Number.MAX_SAFE_INTEGER,
  }
}

function dayOf(param: string, text: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at))
    throw new AppError("input.invalid", { detail: `${param}: not a date as 2026-01-31`, param })
  return at
}
