import type { PriceRule } from "@nio/server/contract"
import { formatRate, parseRate } from "../../lib/rate.ts"

/** What is being priced: a rule that exists, or models that have none. */
export type PriceDraft = { id?: string; rule?: PriceRule; models: readonly string[] }

/** A rule as the form holds it: the models one a line, rates in points as they are typed. */
export type PriceValues = { models: string; input: string; output: string; request: string }

export const modelLines = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

export function valuesOf({ rule, models }: PriceDraft): PriceValues {
  const token = (rate: number) => formatRate(rate, "per-thousand-tokens")
  return {
    models: (rule?.models ?? models).join("\n"),
    input: rule?.type === "per-token" ? token(rule.input) : "",
    output: rule?.type === "per-token" ? token(rule.output) : "",
    request: rule?.type === "per-request" ? formatRate(rule.output, "per-request") : "",
  }
}

/** The form is valid when this is called, so every rate in use can be read. */
export function ruleOf(
  values: PriceValues,
  type: PriceRule["type"],
  anonymous: boolean,
): PriceRule {
  const rule = { type, models: modelLines(values.models), input: 0, output: 0, anonymous: false }
  const token = (text: string) => parseRate(text, "per-thousand-tokens") ?? 0
  if (type === "per-token")
    return { ...rule, input: token(values.input), output: token(values.output) }
  if (type === "per-request")
    return { ...rule, output: parseRate(values.request, "per-request") ?? 0 }
  return { ...rule, anonymous }
}
