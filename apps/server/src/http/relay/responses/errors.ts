import type { AppError } from "../../../core/error.ts"
import { wireError } from "../openai/errors.ts"

/** The fields of an `error` event: as documented, and again as OpenAI sends them. Clients look at either. */
export function errorFields(error: AppError) {
  const said = wireError(error).error
  const { code, message, param } = said
  return { code, message, param, error: said }
}
