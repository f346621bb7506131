import { AppError, type ErrorCode, type ErrorParams } from "../../core/error.ts"

type Say = (params: ErrorParams) => string

const points = (amount: string | number | undefined) => Number(amount ?? 0).toFixed(2)

/**
 * What an earlier server said, word for word, where other software looks for it. All else is said in
 * our own words.
 */
const texts: Partial<Record<ErrorCode, Say>> = {
  "auth.required": () => "user not found",
  "auth.wrong-credentials": () => "invalid username or password",
  "auth.key-invalid": () => "Access denied. Please provide correct api key.",
  "points.insufficient": ({ model, needed, available }) =>
    `user quota is not enough error (model: ${model}, minimum quota: ${points(needed)}, your quota: ${points(available)})`,
  "plan.exhausted": ({ model, needed, available }) =>
    `user quota is not enough error (model: ${model}, minimum quota: ${points(needed)}, your quota: ${points(available)})`,
  "key.spent": ({ model, needed, left }) =>
    `user quota is not enough error (model: ${model}, minimum quota: ${points(needed)}, your quota: ${points(left)})`,
  "plan.points": () => "not enough money",
  "model.unpriced": ({ model }) => `the price of the model is not set (model: ${model})`,
  "model.members-only": ({ model }) => `not authenticated error (model: ${model})`,
  "model.unknown": ({ model }) => `cannot find channel for model ${model}`,
  "conversation.not-found": () => "conversation not found",
  "rate.limited": () => "You have sent too many requests. Please try again later.",
}

/** An error in words, for whoever reads or matches them. */
export function textOf(error: unknown): string {
  const { code, params, message } = AppError.from(error)
  return texts[code]?.(params) ?? message
}

/** The same of an error that was stored as code and params, as that of an answer. */
export function textOfFailure({ code, params }: { code: string; params: ErrorParams }): string {
  return textOf(new AppError(code as ErrorCode, params))
}

/** How a request that failed is answered: mostly with 200, for clients look at `status` alone. */
export function refusalOf(error: AppError): { status: number; body: object } {
  const text = textOf(error)
  const said = { status: false, error: text, message: text }
  if (error.code === "rate.limited")
    return { status: 200, body: { ...said, reason: text, error: "request_throttled" } }
  if (error.code === "auth.key-invalid") return { status: 401, body: { ...said, code: 401 } }
  return { status: error.code === "internal" ? 500 : 200, body: said }
}
