import type { PlanChoice, PlanQuote } from "../../contract/index.ts"
import type { Subscription } from "../actor.ts"
import { AppError } from "../error.ts"
import type { Live } from "../live/live.ts"
import { costOfMonths, costOfUpgrade, stretched } from "./cost.ts"
import { monthsFrom, wholeMonths } from "./months.ts"

/** Nobody can pay for longer than this from now. */
const yearsMax = 100

/**
 * What a choice costs at a moment, and what somebody has after it. Within a plan that lasts, the same
 * level is renewed from its end, a higher one costs the difference for the time that is left, and a
 * lower one turns what is left into more time. A level that is no longer configured counts as worth
 * what it is changed into on the way down, and nothing on the way up.
 * @throws AppError `plan.off`, `plan.unknown`, `plan.too-long`
 */
export function quoteOf(
  live: Pick<Live, "plans" | "settings">,
  had: Subscription | undefined,
  { level, months }: PlanChoice,
  now: number,
): PlanQuote {
  const { plans, settings } = live
  if (!settings["plans.enabled"]) throw new AppError("plan.off")
  const plan = plans.get(level)
  if (!plan) throw new AppError("plan.unknown", { level })

  const lasts = had && had.level > 0 && had.expiresAt > now ? had : undefined
  const bought = () => costOfMonths(plan.price, months, settings["plans.discounts"])
  const quote = { level, quotedAt: now }
  if (!lasts) {
    const expiresAt = until(now, monthsFrom(now, months))
    return { ...quote, kind: "new", cost: bought(), startedAt: now, expiresAt }
  }
  const { startedAt } = lasts
  if (level === lasts.level) {
    const expiresAt = until(now, extended(lasts, months))
    return { ...quote, kind: "renew", cost: bought(), startedAt, expiresAt }
  }
  const left = lasts.expiresAt - now
  const price = plans.get(lasts.level)?.price
  if (level > lasts.level) {
    const cost = costOfUpgrade(left, price ?? 0, plan.price)
    return { ...quote, kind: "upgrade", cost, startedAt, expiresAt: lasts.expiresAt }
  }
  const expiresAt = until(now, now + stretched(left, price ?? plan.price, plan.price))
  return { ...quote, kind: "downgrade", cost: 0, startedAt, expiresAt }
}

/** From its beginning where it ends a whole number of months after it, so that a short month shortens none after it. */
function extended({ startedAt, expiresAt }: Subscription, months: number): number {
  const passed = wholeMonths(startedAt, expiresAt)
  return monthsFrom(startedAt, passed) === expiresAt
    ? monthsFrom(startedAt, passed + months)
    : monthsFrom(expiresAt, months)
}

function until(now: number, expiresAt: number): number {
  if (expiresAt <= monthsFrom(now, yearsMax * 12)) return expiresAt
  throw new AppError("plan.too-long", { years: yearsMax })
}
