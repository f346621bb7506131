import { z } from "zod"
import {
  modelName,
  type PriceTerms,
  priceDetails,
  type RefusalReason,
  type RefusedPrice,
  rateMax,
} from "../../contract/index.ts"
import { scaled } from "../import/decimal.ts"
import { placesOf, typeOf } from "../import/import-price.ts"

/** What another site says its models cost. */
export type ReadCharges = {
  offers: { model: string; terms: PriceTerms }[]
  refused: RefusedPrice[]
}

const rules = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
])
const rule = z.object({
  type: z.string(),
  models: z.array(z.unknown()),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  details: z.unknown().optional(),
})

/**
 * Reads the document at another site's `/v1/charge`. The first rule that lists a model is its price;
 * a rule that makes no sense is refused by itself, with the reason.
 * @returns undefined for what is no list of rules
 */
export function readCharges(document: unknown): ReadCharges | undefined {
  const { data: entries } = rules.safeParse(document)
  if (!entries) return undefined
  const offers = new Map<string, PriceTerms>()
  const refused: RefusedPrice[] = []
  for (const entry of entries) {
    const { data } = rule.safeParse(entry)
    const models = (data?.models ?? []).filter(
      (name) => modelName.safeParse(name).success,
    ) as string[]
    const terms = data ? readTerms(data) : "shape"
    if (typeof terms === "string") refused.push({ models, reason: terms })
    else if (models.length === 0) refused.push({ models, reason: "models" })
    else for (const model of models) if (!offers.has(model)) offers.set(model, terms)
  }
  return { offers: [...offers].map(([model, terms]) => ({ model, terms })), refused }
}

function readTerms(entry: z.infer<typeof rule>): PriceTerms | RefusalReason {
  const type = typeOf[entry.type]
  if (!type) return "type"
  if (type === "free") return { type, input: 0, output: 0 }
  const output = readRate(entry.output, placesOf[type])
  const input = type === "per-token" ? readRate(entry.input, placesOf[type]) : 0
  if (output === undefined || input === undefined) return "rate"
  if (type === "per-request" || entry.details == null) return { type, input, output }
  const { data: details } = priceDetails.safeParse(entry.details)
  return details ? { type, input, output, details } : "details"
}

/** Numbers only, from nothing to the most a rate can be. */
function readRate(value: unknown, places: number): number | undefined {
  const exact = typeof value === "number" ? scaled(value, places) : undefined
  return exact !== undefined && exact >= 0n && exact <= BigInt(rateMax)
    ? Number(withoutNoise(exact, places))
    : undefined
}

/** What sites show of a price: millionths of a point. */
const placesShown = 6
/** A difference of one in so many is what computing in floating point leaves behind. */
const noiseShare = 1_000_000n

/** 0.010000001 points are 0.01; but what is a real part of a tiny price stays. */
function withoutNoise(exact: bigint, places: number): bigint {
  const step = 10n ** BigInt(places - placesShown)
  const shown = ((exact + step / 2n) / step) * step
  const noise = exact > shown ? exact - shown : shown - exact
  return noise * noiseShare <= exact ? shown : exact
}
