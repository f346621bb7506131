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
export function formatRate(rate: number, unit: RateUnit): string {
  const digits = String(rate).padStart(places[unit] + 1, "0")
  const whole = digits.slice(0, -places[unit])
  const fraction = digits.slice(-places[unit]).replace(/0+$/, "")
  return fraction ? `${whole}.${fraction}` : whole
}

/** 10 points are 1 CNY. */
export const yuanOf = (rate: number, unit: RateUnit): number => rate / 10 ** (places[unit] + 1)
