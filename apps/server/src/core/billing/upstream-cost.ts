import type { ChannelCost, Micropoints } from "../../contract/index.ts"
import type { Bill } from "../generation/generation.ts"
import { perMillion } from "./price.ts"

/**
 * What the operator owes the upstream for an answer, by the first rule that lists the model; 0 when
 * none does, or nothing came. Rounded up once, like a charge.
 */
export function upstreamCost(
  costs: readonly ChannelCost[],
  model: string | null,
  { usage, usageFrom }: Pick<Bill, "usage" | "usageFrom">,
  requests: number,
): Micropoints {
  const rule = model === null ? undefined : costs.find(({ models }) => models.includes(model))
  if (!rule || usageFrom === "none") return 0
  if (rule.type === "per-request") return Math.min(rule.output * requests, Number.MAX_SAFE_INTEGER)
  const cached = Math.min(usage.cachedInput ?? 0, usage.input)
  return perMillion([
    [rule.input, usage.input - cached],
    [rule.cachedInput ?? rule.input, cached],
    [rule.output, usage.output],
  ])
}
