import { billing, subscriptions } from "@nio/db"
import type { PlanChoice, PlanQuote, PlansView, PlanUsage } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { nextWindow, windowAt } from "./months.ts"
import { configOf } from "./plan-config.ts"
import { quoteOf } from "./quote.ts"

/** What is offered and what the actor has of it. Nothing is offered while plans are off. */
export async function getPlans(deps: Deps, actor: Actor): Promise<PlansView> {
  requireActive(actor)
  const { enabled, relay, discounts, plans } = configOf(deps.live.current())
  const row = await subscriptions.find(deps.db, actor.userId)
  const lasts = row && row.level > 0 && row.expiresAt > deps.now() ? row : undefined
  const { available } = await billing.balanceOf(deps.db, actor.userId)
  return {
    enabled,
    relay,
    discounts,
    plans: enabled ? plans : [],
    subscription: lasts ? viewOf(lasts) : null,
    usage: enabled && lasts ? await usageOf(deps, lasts) : [],
    available,
  }
}

/** What a choice would cost the actor now. @throws AppError `plan.off`, `plan.unknown`, `plan.too-long` */
export async function quotePlan(deps: Deps, actor: Actor, choice: PlanChoice): Promise<PlanQuote> {
  requireActive(actor)
  const had = await subscriptions.find(deps.db, actor.userId)
  return quoteOf(deps.live.current(), had, choice, deps.now())
}

export const viewOf = ({ level, startedAt, expiresAt, months }: subscriptions.SubscriptionRow) => ({
  level,
  startedAt,
  expiresAt,
  months,
})

/** What is used of each item of the level; 0 in a month that nobody has used yet. */
export async function usageOf(
  { db, live, now }: Pick<Deps, "db" | "live" | "now">,
  { userId, level, startedAt }: subscriptions.SubscriptionRow,
): Promise<PlanUsage[]> {
  const window = windowAt(startedAt, now())
  const counters = await subscriptions.listUses(db, userId)
  const used = new Map(
    counters.filter((one) => one.windowAt >= window).map((one) => [one.itemId, one.used]),
  )
  const resetsAt = nextWindow(startedAt, now())
  const items = live.current().plans.get(level)?.items ?? []
  return items.map((item) => ({ ...item, used: used.get(item.id) ?? 0, resetsAt }))
}
