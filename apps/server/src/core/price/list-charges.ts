import type { Deps } from "../deps.ts"
import type { Price } from "../live/live.ts"

/** The price in force, and the models it is the price of. */
export type Charge = Price & { models: string[] }

/** What everything costs, for anybody who wants to know. In the order of the rules; rules nobody reaches are left out. */
export function listCharges(deps: Deps): Charge[] {
  const charges = new Map<Price, Charge>()
  for (const [model, price] of deps.live.current().prices) {
    const charge = charges.get(price)
    if (charge) charge.models.push(model)
    else charges.set(price, { ...price, models: [model] })
  }
  return [...charges.values()]
}
