import type { ChatRequest, ReasoningEffort } from "../spec/index.ts"
import type { Abilities } from "./abilities.ts"

/** In tokens. Anthropic takes no fewer than 1,024. */
const budgets: Record<ReasoningEffort, number> = {
  none: 0,
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 32_000,
  max: 32_000,
}
const budgetMin = 1_024

type Thinking = {
  thinking?: { type: string; budget_tokens?: number; display?: string }
  effort?: string
  max_tokens: number
}

/**
 * How hard to think, and how much may be said. A budget counts against `max_tokens`, so without
 * a limit of the caller's the budget comes on top.
 *
 * @see https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking
 */
export function thinkingOf(request: ChatRequest, abilities: Abilities): Thinking {
  const { reasoningEffort: effort, maxTokens } = request
  const max_tokens = maxTokens ?? abilities.maxTokensDefault
  if (!effort || abilities.thinking === "none") return { max_tokens }
  if (abilities.thinking === "budget") return withBudget(effort, max_tokens, maxTokens)
  if (effort === "none")
    return abilities.thinking === "always"
      ? { max_tokens }
      : { max_tokens, thinking: { type: "disabled" } }
  return {
    max_tokens,
    effort:
      effort === "minimal" ? "low" : abilities.sampling && effort === "xhigh" ? "high" : effort,
    ...(abilities.thinking === "adaptive" && {
      thinking: { type: "adaptive", display: "summarized" },
    }),
  }
}

function withBudget(
  effort: ReasoningEffort,
  max_tokens: number,
  limit: number | undefined,
): Thinking {
  const wanted = budgets[effort]
  const budget_tokens = limit ? Math.min(wanted, Math.floor(limit * 0.8)) : wanted
  if (budget_tokens < budgetMin) return { max_tokens }
  return {
    max_tokens: limit ?? max_tokens + budget_tokens,
    thinking: { type: "enabled", budget_tokens },
  }
}
