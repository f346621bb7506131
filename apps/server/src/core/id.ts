/** A new id that sorts by the time it was made. */
export const newId = (): string => Bun.randomUUIDv7()
