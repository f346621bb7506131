const pointsMax = 1_000_000_000

/** Points as typed, with at most the six decimals the ledger can hold. @returns undefined for anything else, and for none */
export function parsePoints(text: string): number | undefined {
  const typed = text.trim().replace(",", ".")
  if (!/^\d+(?:\.\d{1,6})?$/.test(typed)) return undefined
  const points = Number(typed)
  return points > 0 && points <= pointsMax ? points : undefined
}
