import { appRouter } from "@nio/server/http/trpc/root"
import { z } from "zod"

/** A procedure of ours with an input its schema takes, made from the schema. */
export type Procedure = {
  path: string
  type: "query" | "mutation"
  sample: unknown
  /** Whether the schema takes the sample; where it does not, one is given by hand. */
  fits: boolean
  ids: string[][]
}

type Definition = { type: "query" | "mutation"; inputs: z.ZodType[] }

/** Inputs whose schema asks for more than its shape tells. */
const byHand: Record<string, unknown> = {
  "setting.save": { changes: [{ key: "site.title", value: "Taken over" }] },
  "session.changePassword": { current: "wrong", next: "some other words" },
}

/** Every procedure there is, so that a new one is in every sweep from its first day on. */
export function procedures(): Procedure[] {
  const all = appRouter._def.procedures as unknown as Record<string, { _def: Definition }>
  return Object.entries(all).map(([path, { _def }]) => {
    const [input] = _def.inputs
    const json = input && z.toJSONSchema(input, { io: "input", unrepresentable: "any" })
    const sample = byHand[path] ?? (json && sampleOf(json as Json))
    const fits = input?.safeParse(sample).success ?? true
    return { path, type: _def.type, sample, fits, ids: json ? idsIn(json as Json) : [] }
  })
}

type Json = {
  type?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  anyOf?: Json[]
  oneOf?: Json[]
  allOf?: Json[]
  properties?: Record<string, Json>
  required?: string[]
  items?: Json
  minItems?: number
  minLength?: number
  minimum?: number
  format?: string
  pattern?: string
}

/** Something of each kind of text we ask for anywhere. */
const texts = [
  "00000000-0000-7000-8000-000000000000",
  "ada@people.test",
  "https://elsewhere.test/x",
  "a>b",
  "model",
  "0".repeat(64),
  "2026-01-31",
  "10.0.0.1",
  "123456",
]

function sampleOf(schema: Json): unknown {
  if ("const" in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const [one] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (one) return sampleOf(one)
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, namedSample(name, schema.properties?.[name])]),
      )
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}))
    case "string":
      return textFor(schema)
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 0, 1)
    case "boolean":
      return false
    default:
      return null
  }
}

/** What a name asks for that its schema checks by hand. */
const named: Record<string, string> = {
  email: texts[1]!,
  to: texts[1]!,
  code: "123456",
  zone: "UTC",
}

const namedSample = (name: string, schema: Json = {}) =>
  name in named ? named[name] : sampleOf(schema)

function textFor({ pattern, format, minLength = 0 }: Json): string {
  if (format === "uri") return texts[2]!
  const fitting = texts.find(
    (text) => text.length >= minLength && (!pattern || new RegExp(pattern, "u").test(text)),
  )
  return fitting ?? "x".repeat(minLength)
}

/** Where in an input ids stand, as paths. */
function idsIn(schema: Json, path: string[] = []): string[][] {
  const own = /^(?:id|ids|.*Id|cursor|provider|challenge)$/.test(path.at(-1) ?? "") ? [path] : []
  if (schema.type === "string" || schema.type === "array") return own
  return [...(schema.anyOf ?? schema.oneOf ?? []), schema].flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, inner]) => idsIn(inner, [...path, name])),
  )
}

/** The same input with something else at a place; a list gets it as its only item. */
export function withAt(
  input: unknown,
  [name, ...rest]: readonly string[],
  value: unknown,
): unknown {
  if (name === undefined) return Array.isArray(input) ? [value] : value
  const object = (typeof input === "object" && input !== null ? input : {}) as Record<
    string,
    unknown
  >
  const before = name in object ? object[name] : /s$/.test(name) ? [] : undefined
  return { ...object, [name]: withAt(before, rest, value) }
}
