import { isRecord, type Json } from "../wire/json.ts"
import type { Refusal } from "./mock.ts"

/** A model no mock has: asking for it is refused as the real ones refuse an unknown name. */
export const unknownModel = "missing-model"

type Check = Refusal | undefined

/** The first refusal among what several checks said. */
export const firstOf = (...checks: readonly Check[]): Check => checks.find(Boolean)

export const invalid = (message: string, param?: string): Refusal => ({
  kind: "invalid",
  message,
  ...(param !== undefined && { param }),
})

export const checkJson = (body: unknown): Check =>
  isRecord(body) ? undefined : invalid("We could not parse the JSON body of your request.")

export function checkModel(model: unknown): Check {
  if (typeof model !== "string" || model === "")
    return invalid("you must provide a model parameter", "model")
  if (model === unknownModel)
    return {
      kind: "model-missing",
      message: `The model '${model}' does not exist`,
      param: "model",
    }
  return undefined
}

export const checkKey = (given: string | null | undefined, key: string): Check =>
  given === key
    ? undefined
    : { kind: "unauthorized", message: `Incorrect API key provided: ${given ?? ""}.` }

/** A number within its limits, or left out. */
export function checkRange(body: Json, field: string, min: number, max: number): Check {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== "number") return invalid(`Invalid type for '${field}'.`, field)
  return value < min || value > max
    ? invalid(`Invalid '${field}': expected a value from ${min} to ${max}.`, field)
    : undefined
}

export function checkRequired(body: Json, ...fields: readonly string[]): Check {
  const missing = fields.find((field) => body[field] === undefined)
  return missing === undefined
    ? undefined
    : invalid(`Missing required parameter: '${missing}'.`, missing)
}

/** Fields a strict server does not know. */
export function checkUnknown(body: Json, fields: readonly string[]): Check {
  const unknown = fields.find((field) => body[field] !== undefined)
  return unknown === undefined ? undefined : invalid(`Unknown parameter: '${unknown}'.`, unknown)
}
