import { z } from "zod"
import { entityId } from "./id.ts"
import type { Micropoints } from "./micropoints.ts"
import { modelName } from "./model-name.ts"

/** What somebody may subscribe to, by level: 1 basic, 2 standard, 3 pro. */
const planLevels = [1, 2, 3] as const
const planLevel = z.literal(planLevels)
export type PlanLevel = z.infer<typeof planLevel>

/** Names of pictures the browser has for items. */
const planIcons = [
  "bot",
  "message",
  "sparkles",
  "image",
  "audio",
  "video",
  "code",
  "compass",
  "book",
] as const
export type PlanIcon = (typeof planIcons)[number]

/** The quota of an item that may be used without end. */
const unlimited = -1
/** A million points a month. */
const planPriceMax = 1_000_000_000_000
const planMonthsMax = 999

/** Models that are used together, so many times a month; 0 never. */
const planItem = z.object({
  /** Names the counter of its uses. Levels that have the same one share it. */
  id: z.string().regex(/^[\w.-]{1,64}$/),
  name: z.string().trim().min(1).max(64),
  icon: z.enum(planIcons),
  models: z.array(modelName).min(1).max(2_000),
  quota: z.int().min(unlimited).max(1_000_000_000),
})
export type PlanItem = z.infer<typeof planItem>

/** Of two items that list a model, the first pays for it. */
export const plan = z.object({
  level: planLevel,
  /** How the operator calls it; else it is called by its level. */
  name: z.string().trim().min(1).max(64).optional(),
  /** Micropoints a month. */
  price: z.int().min(1).max(planPriceMax),
  items: z
    .array(planItem)
    .max(50)
    .refine(
      distinct(({ id }: PlanItem) => id),
      {
        error: "two items have the same id",
      },
    ),
})
export type Plan = z.infer<typeof plan>

/** Each level once, each dearer than the one below. */
export const plans = z
  .array(plan)
  .max(planLevels.length)
  .refine(
    distinct(({ level }: Plan) => level),
    { error: "a level is there twice" },
  )
  .refine(rising, { error: "a higher level must cost more" })

/** So many months at once, or more, cost so much less. */
export const planDiscounts = z
  .array(
    z.object({
      months: z.int().min(2).max(planMonthsMax),
      percentOff: z.int().min(1).max(99),
    }),
  )
  .max(20)
  .refine(
    distinct(({ months }: { months: number }) => months),
    {
      error: "a number of months is there twice",
    },
  )
export type PlanDiscount = z.infer<typeof planDiscounts>[number]

/** Everything an administrator decides about plans, saved as a whole. */
export const planConfig = z.object({
  enabled: z.boolean(),
  /** Whether what comes by an API key may be paid by a plan. */
  relay: z.boolean(),
  discounts: planDiscounts,
  plans,
})
export type PlanConfig = z.infer<typeof planConfig>

function distinct<T>(of: (one: T) => unknown) {
  return (all: readonly T[]) => new Set(all.map(of)).size === all.length
}

function rising(all: readonly Plan[]): boolean {
  const byLevel = all.toSorted((a, b) => a.level - b.level)
  return byLevel.every((one, at) => at === 0 || one.price > byLevel[at - 1]!.price)
}

/** What somebody wants to have. For a change of level within what is paid for, `months` means nothing. */
export const planChoice = z.object({
  level: planLevel,
  months: z.int().min(1).max(planMonthsMax),
})
export type PlanChoice = z.infer<typeof planChoice>

/** Buys what was quoted, at the price that was told then; `requestId` makes a repeat change nothing. */
export const subscribe = planChoice.extend({
  expected: z.int().min(0),
  quotedAt: z.int().min(0),
  requestId: z.string().min(1).max(48),
})
export type Subscribe = z.infer<typeof subscribe>

export type PlanQuote = {
  kind: "new" | "renew" | "upgrade" | "downgrade"
  level: PlanLevel
  cost: Micropoints
  startedAt: number
  expiresAt: number
  /** Holds for a few minutes, when nothing changes. */
  quotedAt: number
}

export type SubscriptionView = {
  level: number
  startedAt: number
  expiresAt: number
  /** Months ever paid for. */
  months: number
}

/** What is used of an item in the month that is under way. */
export type PlanUsage = PlanItem & { used: number; resetsAt: number }

/** What is offered, and what the reader has of it. */
export type PlansView = {
  enabled: boolean
  relay: boolean
  discounts: PlanDiscount[]
  plans: Plan[]
  /** Null when it is over. */
  subscription: SubscriptionView | null
  usage: PlanUsage[]
  available: Micropoints
}

const lastMoment = Date.UTC(9999, 11, 31)
const moment = z.int().min(0).max(lastMoment)
const adminReason = z.string().trim().min(1).max(200)

/** An administrator's word; level 0 ends it. */
export const setSubscription = z
  .object({
    userId: entityId,
    level: z.union([z.literal(0), planLevel]),
    startedAt: moment,
    expiresAt: moment,
    reason: adminReason,
  })
  .refine(({ startedAt, expiresAt }) => startedAt <= expiresAt, {
    error: "it ends before it begins",
  })
export type SetSubscription = z.infer<typeof setSubscription>

export const releasePlanUsage = z.object({ userId: entityId, reason: adminReason })
export type ReleasePlanUsage = z.infer<typeof releasePlanUsage>
