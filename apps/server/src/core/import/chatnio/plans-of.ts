import { z } from "zod"
import { type Plan, type PlanIcon, plan } from "../../../contract/index.ts"
import { scaled } from "../decimal.ts"

/** 10 points are 1 CNY, and a point has a million micropoints. */
const places = 7

const item = z.object({
  id: z.coerce.string().catch(""),
  name: z.coerce.string().catch(""),
  icon: z.string().nullish().catch(null),
  value: z.coerce.number().catch(0),
  models: z.array(z.coerce.string()).nullish().catch([]),
})
const stored = z.object({
  level: z.coerce.number(),
  price: z.unknown(),
  items: z.array(item).nullish().catch([]),
})
const section = z.object({
  subscription: z.object({
    enabled: z.union([z.boolean(), z.stringbool()]).catch(false),
    plans: z.array(z.unknown()).nullish().catch([]),
  }),
})

/** A level over there, and the plan it comes to; undefined when it cannot be sold here. */
export type OldPlan = { level: string; plan: Plan | undefined }

/** The section `subscription` of `config.yaml`. */
export function plansOf(config: unknown): { enabled: boolean; plans: OldPlan[] } {
  const { data } = section.safeParse(config)
  const { enabled = false, plans } = data?.subscription ?? {}
  return { enabled, plans: (plans ?? []).map(planOf) }
}

function planOf(raw: unknown, at: number): OldPlan {
  const { data } = stored.safeParse(raw)
  if (!data) return { level: `number ${at + 1}`, plan: undefined }
  const items = (data.items ?? [])
    .filter(({ models }) => models && models.length > 0)
    .map(({ id, name, icon, value, models }) => ({
      id: itemIdOf(id),
      name: (name.trim() || id).slice(0, 64),
      icon: icons[icon ?? ""] ?? "sparkles",
      models: [...new Set(models)],
      quota: Math.max(-1, Math.trunc(value)),
    }))
  const price = Number(scaled(data.price, places) ?? 0n)
  return {
    level: String(data.level),
    plan: plan.safeParse({ level: data.level, price, items }).data,
  }
}

/** As it may be written here; counters are named by it too. */
export const itemIdOf = (id: string): string =>
  id
    .trim()
    .replace(/[^\w.-]/g, "-")
    .slice(0, 64)

const icons: Readonly<Record<string, PlanIcon>> = {
  compass: "compass",
  image: "image",
  imageplus: "image",
  booktext: "book",
  video: "video",
  audio: "audio",
}
