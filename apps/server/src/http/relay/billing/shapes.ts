import { type Micropoints, toPoints } from "../../../contract/index.ts"
import type { Spending } from "../../../core/user/get-spending.ts"

/** 10 points are 1 CNY, of which 7.3 are taken for a dollar. */
const pointsPerDollar = 73
const inDollars = (micro: Micropoints) => toPoints(micro) / pointsPerDollar
/** Hundredths of a point, whole. */
const hundredths = (micro: Micropoints) => Math.floor(micro / 10_000)

const systemLimitDollars = 1_000_000

/** The limits are in hundredths of a point, those in `_usd` in dollars. */
export const subscription = ({ balance, spent }: Spending) => ({
  object: "billing_subscription",
  has_payment_method: true,
  soft_limit: hundredths(balance),
  hard_limit: hundredths(balance + spent),
  system_hard_limit: systemLimitDollars * 100,
  soft_limit_usd: inDollars(balance),
  hard_limit_usd: inDollars(balance + spent),
  system_hard_limit_usd: systemLimitDollars,
})

/** In points. */
export const usage = ({ spent }: Spending) => ({ object: "list", total_usage: toPoints(spent) })

/** In dollars. */
export const creditGrants = ({ balance, spent }: Spending) => ({
  object: "credit_summary",
  total_granted: inDollars(balance + spent),
  total_used: inDollars(spent),
  total_available: inDollars(balance),
  grants: { object: "list", data: [] },
})
