import type { PriceDetails } from "@nio/server/contract"
import { formatRate, parseRate, type RateUnit } from "../../lib/rate.ts"

/** The rates beside the two, in the order of the form, and what each is for. */
export const detailUnits = {
  cachedInput: "per-million-tokens",
  cacheWrite: "per-million-tokens",
  reasoning: "per-million-tokens",
  audioInput: "per-million-tokens",
  audioOutput: "per-million-tokens",
  image: "per-picture",
  second: "per-second",
} as const satisfies Partial<Record<keyof PriceDetails, RateUnit>>
type Simple = keyof typeof detailUnits

export const longRates = ["longInput", "longOutput", "longCached"] as const
type Long = (typeof longRates)[number]

/** Details as the form holds them: rates in points as they are typed, empty for those that are not set. */
export type DetailValues = Record<Simple | Long | "aboveTokens", string>
export type DetailName = Simple | Long

const simple = Object.keys(detailUnits) as Simple[]

export function detailValuesOf(details: PriceDetails | null | undefined): DetailValues {
  const text = (rate: number | undefined) => (rate === undefined ? "" : formatRate(rate))
  const long = details?.longContext
  const rates = simple.map((name) => [name, text(details?.[name])])
  return {
    ...(Object.fromEntries(rates) as Record<Simple, string>),
    aboveTokens: long ? String(long.aboveTokens) : "",
    longInput: text(long?.input),
    longOutput: text(long?.output),
    longCached: text(long?.cachedInput),
  }
}

export const hasDetails = (values: DetailValues) => Object.values(values).some(Boolean)

/** The form is valid when this is called. @returns null when nothing is set */
export function detailsOf(values: DetailValues): PriceDetails | null {
  const details: PriceDetails = {}
  for (const name of simple) {
    const rate = parseRate(values[name])
    if (rate !== undefined) details[name] = rate
  }
  if (values.aboveTokens.trim()) {
    const cachedInput = parseRate(values.longCached)
    details.longContext = {
      aboveTokens: Number(values.aboveTokens),
      input: parseRate(values.longInput) ?? 0,
      output: parseRate(values.longOutput) ?? 0,
      ...(cachedInput !== undefined && { cachedInput }),
    }
  }
  return Object.keys(details).length > 0 ? details : null
}
