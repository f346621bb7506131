import { decimal, yuanOf } from "./decimal.ts"

/**
 * Rates as people type them: points, as a decimal. Inside they are whole micropoints: per million
 * tokens for a token rate (typed per thousand), per request otherwise. Digits are moved, never
 * multiplied, so that nothing is lost.
 */
export type RateUnit = "per-thousand-tokens" | "per-request"

/** How far the point moves from what is typed to what is stored. */
const places: Record<RateUnit, number> = { "per-thousand-tokens": 9, "per-request": 6 }

/** The largest rate the server takes. */
const rateMax = 1_000_000_000_000_000n

/** @returns undefined for what is not such a number, or too fine or too large to be stored */
export function parseRate(text: string, unit: RateUnit): number | undefined {
  const [, whole = "", fraction = ""] = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim()) ?? []
  if (whole === "") return undefined
  const digits = fraction.replace(/0+$/, "")
  if (digits.length > places[unit]) return undefined
  const rate = BigInt(whole + digits.padEnd(places[unit], "0"))
  return rate <= rateMax ? Number(rate) : undefined
}

/** The same number back, without trailing zeros. */
export const formatRate = (rate: number, unit: RateUnit): string => decimal(rate, places[unit])

/** The same in CNY, for the same unit, as a decimal. */
export const rateInYuan = (rate: number, unit: RateUnit): string =>
  unit === "per-request" ? yuanOf(rate) : decimal(rate, 10)

/** A token rate in CNY per million tokens, as providers quote theirs. */
export const millionInYuan = (rate: number): string => yuanOf(rate)
