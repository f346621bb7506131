/** @throws RangeError for a whole number that JavaScript has already rounded. */
export function exact(value: number): number {
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError("a whole number beyond 2^53 cannot be kept exactly")
  return value
}

/**
 * A database's number, whichever way the driver hands it over.
 * @throws RangeError beyond ±2^53.
 */
export function exactFromText(value: string | number): number {
  return exact(typeof value === "string" ? Number(value) : value)
}
