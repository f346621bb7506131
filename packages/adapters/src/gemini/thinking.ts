import type { ChatRequest, ReasoningEffort } from "../spec/index.ts"

/** In tokens, for generation 2.5. Its pro model cannot be kept from thinking. */
const budgets: Record<ReasoningEffort, number> = {
  none: 0,
  minimal: 512,
  low: 1_024,
  medium: 8_192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
}
const proBudgetMin = 128

const levels: Record<ReasoningEffort, string> = {
  none: "minimal",
  minimal: "minimal",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "high",
  max: "high",
}

/** @see https://ai.google.dev/gemini-api/docs/thinking */
export function thinkingOf({ model, reasoningEffort: effort }: ChatRequest) {
  if (!effort) return undefined
  const includeThoughts = effort !== "none"
  const pro = model.includes("pro")
  if (model.includes("gemini-2.5")) {
    const thinkingBudget = Math.max(budgets[effort], pro ? proBudgetMin : 0)
    return { includeThoughts, thinkingBudget }
  }
  const level = levels[effort]
  return { includeThoughts, thinkingLevel: pro && level === "minimal" ? "low" : level }
}
