import { z } from "zod"
import { modelName, type PriceRule, priceRule } from "../../contract/index.ts"
import { reasonOf } from "../live/build-live.ts"
import { scaled } from "./decimal.ts"

export const typeOf: Readonly<Record<string, PriceRule["type"]>> = {
  "non-billing": "free",
  "times-billing": "per-request",
  "token-billing": "per-token",
}

/** Theirs are points per 1,000 tokens, or per request. A point is 10^6 micropoints. */
export const placesOf = { "per-token": 9, "per-request": 6, free: 0 }

const stored = z.object({
  type: z.string(),
  models: z.array(z.coerce.string()).nullish().catch([]),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  anonymous: z.union([z.boolean(), z.stringbool()]).catch(false),
})

/** One entry of `charge` in `config.yaml`; `note` is told when it cannot be kept. */
export function importPrice(entry: unknown, note: (text: string) => void): PriceRule | undefined {
  const { data } = stored.safeParse(entry)
  const type = typeOf[data?.type ?? ""]
  if (!data || !type) {
    note("left out, since its type is unknown")
    return undefined
  }
  const rate = (value: unknown) => rateOf(value ?? 0, placesOf[type])
  const { data: rule, error } = priceRule.safeParse({
    type,
    models: [...new Set(data.models ?? [])].filter((model) => modelName.safeParse(model).success),
    input: type === "per-token" ? rate(data.input) : 0,
    output: type === "free" ? 0 : rate(data.output),
    anonymous: type === "free" && data.anonymous,
  })
  if (error) note(`left out, since ${reasonOf(error)}`)
  return rule
}

/** A negative price counts as none, as it did. */
function rateOf(value: unknown, digits: number): number {
  const exact = scaled(value, digits)
  if (exact === undefined) return Number.NaN
  return exact > 0n ? Number(exact) : 0
}
