import { expect, test } from "bun:test"
import { readCharges } from "./read-charges.ts"

const token = { type: "token-billing", models: ["m"], input: 0.01, output: 0.03 }
const read = (own: object) => readCharges([{ ...token, ...own }])

test("a rule of another site is points per thousand tokens, or per request", () => {
  expect(
    readCharges([
      { id: 1, anonymous: false, unset: false, ...token, models: ["a", "b"] },
      { ...token, type: "times-billing", models: ["draw"], output: 0.1 },
      { ...token, type: "non-billing", models: ["gift"], input: 9, output: 9, anonymous: true },
    ]),
  ).toEqual({
    offers: [
      { model: "a", terms: { type: "per-token", input: 10_000_000, output: 30_000_000 } },
      { model: "b", terms: { type: "per-token", input: 10_000_000, output: 30_000_000 } },
      { model: "draw", terms: { type: "per-request", input: 0, output: 100_000 } },
      { model: "gift", terms: { type: "free", input: 0, output: 0 } },
    ],
    refused: [],
  })
})

test.each([
  [0.010000001, 10_000_000],
  [0.009999999776482582, 10_000_000],
  [0.30000000000000004, 300_000_000],
  [0.0000071, 7_100],
  [0.000000001, 1],
  [1_000_000, 1_000_000_000_000_000],
])("%p points per thousand tokens are %p micropoints per million", (input, rate) => {
  expect(read({ input })?.offers[0]?.terms.input).toBe(rate)
})

test.each([
  [{ input: -0.01 }, "rate"],
  [{ input: "0.01" }, "rate"],
  [{ input: null }, "rate"],
  [{ output: Number.NaN }, "rate"],
  [{ output: Number.POSITIVE_INFINITY }, "rate"],
  [{ output: 1e12 }, "rate"],
  [{ output: 1e308 }, "rate"],
  [{ type: "times-billing", output: -1 }, "rate"],
  [{ type: "auction" }, "type"],
  [{ models: [] }, "models"],
  [{ models: [7, " a", ""] }, "models"],
  [{ models: "m" }, "shape"],
  [{ type: undefined }, "shape"],
  [{ details: { image: -1 } }, "details"],
  [{ details: "none" }, "details"],
])("a rule with %j is refused by itself, for its %s", (own, reason) => {
  const found = readCharges([
    { ...token, ...own },
    { ...token, models: ["good"] },
  ])
  expect(found?.refused.map((one) => one.reason as string)).toEqual([reason])
  expect(found?.offers.map(({ model }) => model)).toEqual(["good"])
})

test("the first rule that lists a model is its price, and details of ours are read", () => {
  const details = { cachedInput: 5, longContext: { aboveTokens: 9, input: 1, output: 2 } }
  const found = readCharges([{ ...token, details }, { ...token, input: 7 }, null, 3])
  expect(found?.offers).toEqual([
    { model: "m", terms: { type: "per-token", input: 10_000_000, output: 30_000_000, details } },
  ])
  expect(found?.refused).toEqual([
    { models: [], reason: "shape" },
    { models: [], reason: "shape" },
  ])
})

test.each([null, {}, "prices", 7, { status: false }])("%j is no list", (document) => {
  expect(readCharges(document)).toBeUndefined()
})
