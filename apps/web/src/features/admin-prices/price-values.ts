import type { PriceRule } from "@nio/server/contract"
import { formatRate, parseRate } from "../../lib/rate.ts"
import { type DetailValues, detailsOf, detailValuesOf } from "./detail-values.ts"

/** What is being priced: a rule that exists, or models that have none. */
export type PriceDraft = { id?: string; rule?: PriceRule; models: readonly string[] }

/** A rule as the form holds it: the models one a line, rates in points as they are typed. */
export type PriceValues = {
  models: string
  input: string
  output: string
  request: string
  details: DetailValues
}

export const modelLines = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

export const valuesOf = ({ rule, models }: PriceDraft): PriceValues => ({
  models: (rule?.models ?? models).join("\n"),
  input: rule?.type === "per-token" ? formatRate(rule.input) : "",
  output: rule?.type === "per-token" ? formatRate(rule.output) : "",
  request: rule?.type === "per-request" ? formatRate(rule.output) : "",
  details: detailValuesOf(rule?.details),
})

/** The form is valid when this is called, so every rate in use can be read. */
export function ruleOf(
  values: PriceValues,
  type: PriceRule["type"],
  anonymous: boolean,
): PriceRule {
  const rule = { type, models: modelLines(values.models), input: 0, output: 0, anonymous: false }
  const rate = (text: string) => parseRate(text) ?? 0
  if (type === "per-token")
    return {
      ...rule,
      input: rate(values.input),
      output: rate(values.output),
      details: detailsOf(values.details),
    }
  if (type === "per-request") return { ...rule, output: rate(values.request) }
  return { ...rule, anonymous }
}
