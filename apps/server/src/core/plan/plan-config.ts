import type { PlanConfig } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import type { Live } from "../live/live.ts"

/** The plans as an administrator edits them. */
export function getPlanConfig({ live }: Pick<Deps, "live">, actor: Actor): PlanConfig {
  requireAdmin(actor)
  return configOf(live.current())
}

export const configOf = ({ plans, settings }: Live): PlanConfig => ({
  enabled: settings["plans.enabled"],
  relay: settings["plans.relay"],
  discounts: [...settings["plans.discounts"]],
  plans: [...plans.values()].map(({ pays: _, ...plan }) => plan),
})
