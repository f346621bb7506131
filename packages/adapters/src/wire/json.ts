/** JSON of unknown origin: anything may be missing or of another type. */
export type Json = Readonly<Record<string, unknown>>

/** JSON, or undefined when it is not: upstream errors are often plain text or HTML. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The record, or an empty one. */
export const record = (value: unknown): Json => (isRecord(value) ? value : {})

/** The records in a list, or none. */
export const records = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** The string when there is something in it. */
export const text = (value: unknown) =>
  typeof value === "string" && value !== "" ? value : undefined

/** A token count: a whole number from 0, else undefined. */
export const count = (value: unknown) =>
  typeof value === "number" && value >= 0 && Number.isFinite(value) ? Math.round(value) : undefined

/** Without the fields that are undefined, as exact optional properties want it. */
export function defined<Fields extends object>(fields: Fields) {
  for (const key in fields) if (fields[key] === undefined) delete fields[key]
  return fields as { [Key in keyof Fields]: Exclude<Fields[Key], undefined> }
}
