import type { Micropoints } from "./micropoints.ts"

/** What can be charged for. */
export type ChargedFor =
  | "request"
  | "input"
  | "cachedInput"
  | "cacheWrite"
  | "audioInput"
  | "output"
  | "reasoning"
  | "audioOutput"
  | "image"
  | "second"

/** The formula of a charge, to be read: `steps` add up to `sum`, and `sum` and `rounding` to `total`. */
export type ChargeFormula = {
  steps: ChargeStep[]
  /** Whether the rates for a long request were used. */
  longContext: boolean
  /** Points, as an exact decimal. */
  sum: string
  /** Points that rounding up added, as an exact decimal: less than a millionth. */
  rounding: string
  /** What the answer cost. What was taken may be less: a plan paid, or the balance did not reach. */
  total: Micropoints
}

export type ChargeStep = {
  what: ChargedFor
  /** Tokens, requests, pictures or seconds. */
  units: number
  /** Micropoints per so many units. */
  rate: Micropoints
  per: 1 | 1_000_000
  /** `units × rate ÷ per` in points, as an exact decimal. */
  subtotal: string
}
