import type { Plan, PlanConfig, PlanIcon, PlanLevel } from "@nio/server/contract"
import { toMicropoints } from "@nio/server/contract/micropoints"
import { decimal } from "../../lib/decimal.ts"
import { parsePoints } from "../../lib/points.ts"

/** Plans as they are typed. A level without a price is not offered. */
export type Draft = {
  enabled: boolean
  relay: boolean
  discounts: { key: string; months: string; percentOff: string }[]
  levels: LevelDraft[]
}
export type LevelDraft = { level: PlanLevel; name: string; price: string; items: ItemDraft[] }
export type ItemDraft = {
  key: string
  id: string
  name: string
  icon: PlanIcon
  models: string[]
  quota: string
}

const levels: readonly PlanLevel[] = [1, 2, 3]
const newKey = () => crypto.randomUUID()

export const draftOf = ({ enabled, relay, discounts, plans }: PlanConfig): Draft => ({
  enabled,
  relay,
  discounts: discounts.map(({ months, percentOff }) => discountDraft(months, percentOff)),
  levels: levels.map((level) => {
    const plan = plans.find((one) => one.level === level)
    return {
      level,
      name: plan?.name ?? "",
      price: plan ? decimal(plan.price, 6) : "",
      items: (plan?.items ?? []).map((item) => ({
        ...item,
        key: newKey(),
        quota: String(item.quota),
      })),
    }
  }),
})

export const discountDraft = (months?: number, percentOff?: number) => ({
  key: newKey(),
  months: String(months ?? ""),
  percentOff: String(percentOff ?? ""),
})

export const newItem = (): ItemDraft => ({
  key: newKey(),
  id: `item-${newKey().slice(0, 8)}`,
  name: "",
  icon: "bot",
  models: [],
  quota: "",
})

/** The same item at another level: it keeps its id, and so its counter. */
export const copyOf = (item: ItemDraft): ItemDraft => ({ ...item, key: newKey() })

/** A plan as far as it can be shown: what is not typed yet is left out. */
export const planOf = ({ level, name, price, items }: LevelDraft): Plan | undefined => {
  const points = parsePoints(price)
  if (points === undefined) return undefined
  return {
    level,
    ...(name.trim() && { name: name.trim() }),
    price: toMicropoints(points),
    items: items.map(({ key: _, quota, ...item }) => ({
      ...item,
      name: item.name.trim(),
      quota: whole(quota) ?? 0,
    })),
  }
}

export const configOf = ({ enabled, relay, discounts, levels }: Draft): PlanConfig => ({
  enabled,
  relay,
  discounts: discounts.map(({ months, percentOff }) => ({
    months: whole(months) ?? 0,
    percentOff: whole(percentOff) ?? 0,
  })),
  plans: levels.flatMap((level) => planOf(level) ?? []),
})

export type Fault = "price" | "rising" | "discount" | "name" | "id" | "quota" | "models"

/** What keeps a draft from being saved: the first of each level. */
export function faultsOf({ levels, discounts }: Draft): { level?: PlanLevel; fault: Fault }[] {
  const found: { level?: PlanLevel; fault: Fault }[] = []
  let below = 0
  for (const draft of levels) {
    const fault = faultOf(draft, below)
    if (fault) found.push({ level: draft.level, fault })
    below = planOf(draft)?.price ?? below
  }
  const months = discounts.map((one) => whole(one.months) ?? 0)
  const fit = discounts.every(({ percentOff }, at) => {
    const percent = whole(percentOff) ?? 0
    return (months[at] ?? 0) >= 2 && percent >= 1 && percent <= 99
  })
  if (!fit || new Set(months).size < months.length) found.push({ fault: "discount" })
  return found
}

function faultOf(draft: LevelDraft, below: number): Fault | undefined {
  const { price, items } = draft
  if (!price.trim() && items.length === 0) return undefined
  const plan = planOf(draft)
  if (!plan) return "price"
  if (plan.price <= below) return "rising"
  if (items.some(({ name }) => !name.trim())) return "name"
  const ids = items.map(({ id }) => id)
  if (new Set(ids).size < ids.length || ids.some((id) => !/^[\w.-]{1,64}$/.test(id))) return "id"
  if (items.some(({ quota }) => (whole(quota) ?? -2) < -1)) return "quota"
  return items.some(({ models }) => models.length === 0) ? "models" : undefined
}

/** Models that more than one item lists: the first of them pays. */
export function repeatedModels(items: readonly ItemDraft[]): string[] {
  const seen = new Set<string>()
  const again = new Set<string>()
  for (const { models } of items)
    for (const model of models) (seen.has(model) ? again : seen).add(model)
  return [...again]
}

export function moved<T>(all: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...all]
  const [one] = next.splice(at, 1)
  if (one !== undefined) next.splice(at + by, 0, one)
  return next
}

const whole = (text: string): number | undefined =>
  /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : undefined
