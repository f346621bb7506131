import type { ChannelCost } from "@nio/server/contract"
import { formatRate, parseRate } from "../../lib/rate.ts"
import { linesOf } from "./lines.ts"

/** A cost as the form holds it: points as they are typed, per million tokens or per request. */
export type CostValues = {
  type: ChannelCost["type"]
  models: string
  input: string
  output: string
  cachedInput: string
}

export const newCost: CostValues = {
  type: "per-token",
  models: "",
  input: "",
  output: "",
  cachedInput: "",
}

export function costValuesOf({
  type,
  models,
  input,
  output,
  cachedInput,
}: ChannelCost): CostValues {
  return {
    type,
    models: models.join("\n"),
    input: type === "per-token" ? formatRate(input) : "",
    output: formatRate(output),
    cachedInput: cachedInput === undefined ? "" : formatRate(cachedInput),
  }
}

/** The form is valid when this is called, so every rate in use can be read. */
export function costOf({ type, models, input, output, cachedInput }: CostValues): ChannelCost {
  const rate = (text: string) => parseRate(text) ?? 0
  const cost = { type, models: linesOf(models), input: 0, output: rate(output) }
  if (type === "per-request") return cost
  const cached = cachedInput.trim() === "" ? {} : { cachedInput: rate(cachedInput) }
  return { ...cost, input: rate(input), ...cached }
}
