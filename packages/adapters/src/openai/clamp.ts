/** The fields that had to be brought inside their limits: edits to a caller's body. */
export function clamped(
  wishes: Readonly<Record<string, number | undefined>>,
  limits: Readonly<Record<string, readonly [min: number, max: number]>>,
): Record<string, number> {
  const edits: Record<string, number> = {}
  for (const [field, [min, max]] of Object.entries(limits)) {
    const wish = wishes[field]
    if (wish !== undefined && (wish < min || wish > max)) edits[field] = wish < min ? min : max
  }
  return edits
}
