import { expect, test } from "bun:test"
import { emptyValues, pointsOf, termsOf, valuesOf } from "./key-form-values.ts"

test("an empty form limits nothing", () => {
  expect(termsOf({ ...emptyValues, name: " k " })).toEqual({
    name: "k",
    limits: {
      models: [],
      groups: [],
      addresses: [],
      expiresAt: null,
      requestsPerMinute: null,
      tokensPerMinute: null,
      concurrency: null,
    },
    spendCap: null,
  })
})

test("what is shown is what is saved again", () => {
  const terms = {
    name: "k",
    limits: {
      models: ["m", "n"],
      groups: ["normal" as const],
      addresses: ["203.0.113.0/24", "2001:db8::/32"],
      expiresAt: new Date("2030-05-06T07:08").getTime(),
      requestsPerMinute: 60,
      tokensPerMinute: 100_000,
      concurrency: 4,
    },
    spendCap: 1_500_000,
  }
  expect(termsOf(valuesOf(terms))).toEqual(terms)
})

test("a cap of zero is a cap", () => {
  expect(termsOf({ ...emptyValues, cap: "0" }).spendCap).toBe(0)
})

test.each([
  ["1.5", 1.5],
  ["1,5", 1.5],
  ["0", 0],
  ["0.0000001", undefined],
  ["-1", undefined],
  ["1e3", undefined],
  ["", undefined],
])("%j is %p points", (text, points) => {
  expect(pointsOf(text)).toBe(points)
})
