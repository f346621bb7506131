type Schema = Record<string, unknown>

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Counts that Google writes as text. */
const counts = new Set([
  "minItems",
  "maxItems",
  "minLength",
  "maxLength",
  "minProperties",
  "maxProperties",
])

/**
 * Google's own schema as JSON Schema: types in lower case, `nullable` as a type, 64 bit counts as
 * numbers, and no order of properties.
 *
 * @see https://ai.google.dev/api/caching#Schema
 */
export function jsonSchemaOf(schema: unknown): unknown {
  if (!isSchema(schema)) return schema
  const { nullable, propertyOrdering: _, ...rest } = schema
  const made: Schema = {}
  for (const [key, value] of Object.entries(rest)) made[key] = memberOf(key, value)
  if (nullable === true && typeof made.type === "string") made.type = [made.type, "null"]
  return made
}

function memberOf(key: string, value: unknown): unknown {
  if (key === "type" && typeof value === "string") return value.toLowerCase()
  if (counts.has(key) && typeof value === "string") return Number(value)
  if (key === "items") return jsonSchemaOf(value)
  if (key === "anyOf" && Array.isArray(value)) return value.map(jsonSchemaOf)
  if (key === "properties" && isSchema(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, jsonSchemaOf(one)]))
  return value
}
