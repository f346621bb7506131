import type { PriceOffer } from "@nio/server/contract"

/** An offer in a list to choose from: `key` tells apart those of one model. */
export type Offer = PriceOffer & {
  key: string
  provider?: string
  served?: boolean
  /** Where the price is from, and what it leaves out. */
  origin?: string
  note?: string | null
}

export type OfferFilter = {
  search: string
  state: "all" | PriceOffer["state"]
  provider: string
  servedOnly: boolean
}

export const noFilter: OfferFilter = { search: "", state: "all", provider: "", servedOnly: false }

/** Every word must occur in the model's name. */
export function filtered(offers: readonly Offer[], filter: OfferFilter): Offer[] {
  const words = filter.search.toLowerCase().split(/\s+/)
  return offers.filter(
    ({ model, state, provider, served }) =>
      (filter.state === "all" || state === filter.state) &&
      (filter.provider === "" || provider === filter.provider) &&
      (!filter.servedOnly || served) &&
      words.every((word) => model.toLowerCase().includes(word)),
  )
}

/** Chosen as well: of a model that is there several times, one. */
export function withChosen(
  chosen: ReadonlySet<string>,
  offers: readonly Offer[],
  all: readonly Offer[],
): ReadonlySet<string> {
  const next = new Set(chosen)
  const models = new Set(all.filter(({ key }) => next.has(key)).map(({ model }) => model))
  for (const { key, model } of offers) {
    if (models.has(model)) continue
    models.add(model)
    next.add(key)
  }
  return next
}
