import { type PlanConfig, planConfig } from "@nio/server/contract"
import type { Actor } from "@nio/server/core/actor"
import type { Deps } from "@nio/server/core/deps"
import { savePlans } from "@nio/server/core/plan/save-plans"

const point = 1_000_000

/** Two levels, at 100 and 400 points: `m` twice a month, and eight times; `other` without end in the higher one. */
const twoPlans = (change: Partial<PlanConfig> = {}): PlanConfig =>
  planConfig.parse({
    enabled: true,
    relay: true,
    discounts: [{ months: 6, percentOff: 10 }],
    plans: [
      { level: 1, price: 100 * point, items: [item("words", 2, ["m"])] },
      {
        level: 3,
        name: "All of it",
        price: 400 * point,
        items: [item("more", 8, ["m"]), item("rest", -1, ["other", "m"])],
      },
    ],
    ...change,
  })

const item = (id: string, quota: number, models: string[]) => ({
  ...{ id, name: `Item ${id}`, icon: "bot", models, quota },
})

export const offer = (deps: Deps, admin: Actor, change?: Partial<PlanConfig>) =>
  savePlans(deps, admin, twoPlans(change))
