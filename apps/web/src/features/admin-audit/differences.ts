/** A field that an act changed, by its path; undefined where there was, or is, none. */
export type Difference = { path: string; before?: string; after?: string }

const valueCharsMax = 500
/** What every line has besides, and says better elsewhere. */
const silent = new Set(["id", "updatedAt"])

/** What differs between two values of any shape, field by field, in the order of the later one. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((path) => !silent.has(path) && was.get(path) !== is.get(path))
    .map((path) => {
      const [old, now] = [was.get(path), is.get(path)]
      return {
        path,
        ...(old !== undefined && { before: old }),
        ...(now !== undefined && { after: now }),
      }
    })
}

/** Objects by their fields; lists and single values as a person would write them. */
function fieldsOf(value: unknown, path = "", found = new Map<string, string>()) {
  if (value === null || value === undefined) return found
  if (isObject(value))
    for (const [name, inner] of Object.entries(value))
      fieldsOf(inner, path ? `${path}.${name}` : name, found)
  else found.set(path, written(value))
  return found
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function written(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(", ")
    : String(value)
  return text.length > valueCharsMax ? `${text.slice(0, valueCharsMax)}…` : text
}
