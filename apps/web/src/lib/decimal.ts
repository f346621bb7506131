import type { Micropoints } from "@nio/server/contract/micropoints"

/** A whole number with its decimal point moved left, digit by digit: nothing is multiplied, so nothing is lost. */
export function decimal(whole: number, places: number): string {
  const digits = String(whole).padStart(places + 1, "0")
  const fraction = digits.slice(-places).replace(/0+$/, "")
  return digits.slice(0, -places) + (fraction && `.${fraction}`)
}

/** 10 points are 1 CNY. Exact: as many decimals as it takes. */
export const yuanOf = (micro: Micropoints): string => decimal(micro, 7)
