import { decimal, yuanOf } from "./decimal.ts"

/**
 * Rates as people type them: points, as a decimal. Inside they are whole micropoints, for the same
 * unit. Digits are moved, never multiplied, so that nothing is lost.
 */
export type RateUnit = "per-million-tokens" | "per-request" | "per-picture" | "per-second"

/** How far the point moves from what is typed to what is stored. */
const places = 6

/** The largest rate the server takes. */
const rateMax = 1_000_000_000_000_000n

/** @returns undefined for what is not such a number, or too fine or too large to be stored */
export function parseRate(text: string): number | undefined {
  const [, whole = "", fraction = ""] = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim()) ?? []
  if (whole === "") return undefined
  const digits = fraction.replace(/0+$/, "")
  if (digits.length > places) return undefined
  const rate = BigInt(whole + digits.padEnd(places, "0"))
  return rate <= rateMax ? Number(rate) : undefined
}

/** The same number back, without trailing zeros. */
export const formatRate = (rate: number): string => decimal(rate, places)

/** A token rate in points per thousand tokens, as Chat Nio and its lists write it. */
export const perThousand = (rate: number): string => decimal(rate, places + 3)

/** The same in CNY, for the same unit, as a decimal. */
export const rateInYuan = (rate: number): string => yuanOf(rate)
