import { expect, test } from "bun:test"
import fc from "fast-check"
import { membersOf, splice, spliceMember } from "./splice.ts"

const set = (json: string, edits: Record<string, string | undefined>) =>
  splice(json, new Map(Object.entries(edits)))

test("a value is replaced and every other character stays", () => {
  const json = ' {\n "a" : [1,{"model":"deep"}],\t"model" : "old" , "z":"\\"model\\":1" }\n'
  expect(set(json, { model: '"new"' })).toBe(json.replace('"old"', '"new"'))
})

test("a member that is missing is put in front", () => {
  expect(set('{"a":1}', { model: '"m"' })).toBe('{"model":"m","a":1}')
  expect(set("{ }", { model: '"m"' })).toBe('{"model":"m" }')
})

test("every duplicate is replaced, however its name is written", () => {
  const json = '{"model":"cheap","mo\\u0064el":"dear","model":null}'
  expect(set(json, { model: '"m"' })).toBe('{"model":"m","mo\\u0064el":"m","model":"m"}')
})

test.each([
  ['{"a":1,"x":2,"b":3}', '{"a":1,"b":3}'],
  ['{"x":1, "a":2}', '{"a":2}'],
  ['{"a":1, "x":2}', '{"a":1}'],
  ['{"x":1,"x":[2,3]}', "{}"],
  ['{"a":1,"x":2,"x":3}', '{"a":1}'],
  ['{"x":1,"a":2,"x":3 }', '{"a":2}'],
])("a member goes without a trace (%s)", (json, left) => {
  expect(set(json, { x: undefined })).toBe(left)
})

test("removing everything and adding something leaves one member", () => {
  expect(set('{"x":1,"x":2}', { x: undefined, model: '"m"' })).toBe('{"model":"m"}')
})

test("`__proto__` is a member like any other", () => {
  const json = '{"__proto__":{"model":"evil"},"model":"old"}'
  expect(set(json, { model: '"m"' })).toBe('{"__proto__":{"model":"evil"},"model":"m"}')
})

test.each(["", "[]", '"x"', "null", "{", '{"a"', '{"a":', '{"a":1', '{"a":"', "{a:1}", '{"a" 1}'])(
  "what is no object is refused (%j)",
  (json) => {
    expect(() => set(json, { model: '"m"' })).toThrow(SyntaxError)
  },
)

test("100,000 levels deep and 5 MB wide take no time to speak of", () => {
  const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)},"model":"old"}`
  const wide = `{"a":${JSON.stringify('\\"'.repeat(1_250_000))},"model":"old"}`
  const startedAt = performance.now()
  for (const json of [deep, wide]) expect(set(json, { model: '"m"' })).toEndWith('"model":"m"}')
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

/** JSON texts with any white space and any member names, `model` often among them. */
const names = fc.oneof(fc.constantFrom("model", "stream", "x"), fc.string({ unit: "binary" }))
const objects = fc.dictionary(names, fc.jsonValue(), { noNullPrototype: true })
const indents = fc.constantFrom(undefined, 1, "\t", "\n")

test("whatever the object, only the edited member differs for a parser", () => {
  fc.assert(
    fc.property(objects, indents, fc.jsonValue(), (object, indent, value) => {
      const json = JSON.stringify(object, null, indent)
      const spliced = JSON.parse(set(json, { model: JSON.stringify(value) }))
      expect(spliced).toEqual({ ...JSON.parse(json), model: JSON.parse(JSON.stringify(value)) })
    }),
    { numRuns: 500 },
  )
})

test("whatever the object, removing leaves valid JSON without the member", () => {
  fc.assert(
    fc.property(objects, indents, (object, indent) => {
      const json = JSON.stringify(object, null, indent)
      const { x: _, ...rest } = JSON.parse(json)
      expect(JSON.parse(set(json, { x: undefined }))).toEqual(rest)
    }),
    { numRuns: 500 },
  )
})

test("the members found are those a parser finds, at the places where they are", () => {
  fc.assert(
    fc.property(objects, indents, (object, indent) => {
      const json = JSON.stringify(object, null, indent)
      const found = membersOf(json).map(({ key, valueStart, valueEnd }) => [
        key,
        JSON.parse(json.slice(valueStart, valueEnd)),
      ])
      expect(Object.fromEntries(found)).toEqual(JSON.parse(json))
    }),
    { numRuns: 500 },
  )
})

test("a member's own text is changed where it is, and nothing where it is not", () => {
  const json = '{"a": {"model":"x", "n":1.0} , "b":2}'
  expect(spliceMember(json, "a", (inner) => inner.replace("x", "y"))).toBe(json.replace("x", "y"))
  expect(spliceMember(json, "c", () => "1")).toBe(json)
})
