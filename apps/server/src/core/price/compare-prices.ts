import type { PriceOffer, PriceTerms } from "../../contract/index.ts"
import type { Live } from "../live/live.ts"

/** Sets a price from elsewhere beside the one in force. */
export function comparedTo(
  { prices }: Pick<Live, "prices">,
  { model, terms }: Pick<PriceOffer, "model" | "terms">,
): PriceOffer {
  const price = prices.get(model)
  if (!price) return { model, terms, current: null, state: "new" }
  const current = termsOf(price)
  return { model, terms, current, state: isSame(current, terms) ? "same" : "different" }
}

/** Without details, rather than with none. */
export const termsOf = ({ type, input, output, details }: PriceTerms): PriceTerms => ({
  type,
  input,
  output,
  ...(details && { details }),
})

const isSame = (one: PriceTerms, other: PriceTerms) => keyOf(one) === keyOf(other)

/** The same for the same terms, whatever the order of their details. */
export const keyOf = (terms: PriceTerms): string =>
  JSON.stringify(termsOf(terms), (_, value) =>
    value !== null && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
