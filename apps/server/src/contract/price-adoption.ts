import { z } from "zod"
import { entityId } from "./id.ts"
import { modelName } from "./model-name.ts"
import { priceRule } from "./price.ts"

/** What one model costs. */
const priceTerms = priceRule.pick({ type: true, input: true, output: true, details: true })
export type PriceTerms = z.infer<typeof priceTerms>

/** CNY that are a US dollar, and points that are sold for a CNY. */
export const cnyPerUsd = z.number().min(0.01).max(1_000)
export const pointsPerCny = z.number().min(0.01).max(1_000_000)

/** What US dollars of the price list come to here. */
export const listRates = z.object({ cnyPerUsd, pointsPerCny })
export type ListRates = z.infer<typeof listRates>

/** Another site's prices are told at `/v1/charge` below this. */
export const siteAddress = z.url({ protocol: /^https?$/ }).max(2_000)

/** Prices taken over from the list that comes with the program, or from another site. */
export const priceAdoption = z.object({
  from: z.discriminatedUnion("kind", [
    listRates.extend({ kind: z.literal("list") }),
    z.object({ kind: z.literal("site"), address: siteAddress }),
  ]),
  rows: z
    .array(
      priceTerms.extend({
        model: modelName,
        /** Whether it takes the place of a price the model has; else it is for a model without one. */
        overwrite: z.boolean(),
      }),
    )
    .min(1)
    .max(10_000),
})
export type PriceAdoption = z.infer<typeof priceAdoption>

/** Models that got a price, got another, and kept theirs. */
export type PriceAdopted = { added: number; replaced: number; kept: number }

/** A price from elsewhere beside the one in force here. */
export type PriceOffer = {
  model: string
  terms: PriceTerms
  current: PriceTerms | null
  state: "new" | "same" | "different"
}

/** A price of the list. Where the list has the model of several providers, the model is there several times. */
export type ListedOffer = PriceOffer & {
  provider: string
  mode: string
  note: string | null
  source: string
  asOf: string
  /** Whether a channel here offers the model. */
  served: boolean
}

export type PriceList = { rates: ListRates; offers: ListedOffer[] }

/** What of another site's list cannot be a price here, and why. */
export type RefusedPrice = { models: string[]; reason: RefusalReason }
export type RefusalReason = "shape" | "type" | "models" | "rate" | "details"

export type SitePrices = {
  address: string
  offers: PriceOffer[]
  refused: RefusedPrice[]
  /** Models that have a price here and none there. */
  onlyHere: string[]
}

/** Percent with at most two digits behind the point, and never down to nothing. */
const pricePercent = z.number().gt(-100).max(10_000).multipleOf(0.01)

export const priceChange = z.object({
  ids: z.array(entityId).min(1).max(10_000),
  percent: pricePercent,
})
export type PriceChange = z.infer<typeof priceChange>
