import { z } from "zod"
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
const plans = z
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
