import { expect, test } from "bun:test"
import { rateMax } from "../../contract/rate.ts"
import { scaleRule } from "./scale-rule.ts"

const rule = {
  type: "per-token" as const,
  models: ["m"],
  input: 1_000,
  output: 3,
  anonymous: false,
}

test("every rate moves by the same share, to the nearest micropoint", () => {
  const longContext = { aboveTokens: 100, input: 10, output: 20, cachedInput: 5 }
  const details = { cachedInput: 100, image: 7, longContext }
  expect(scaleRule({ ...rule, details }, 10)).toEqual({
    ...rule,
    input: 1_100,
    output: 3,
    details: {
      cachedInput: 110,
      image: 8,
      longContext: { aboveTokens: 100, input: 11, output: 22, cachedInput: 6 },
    },
  })
  expect(scaleRule(rule, -50)).toMatchObject({ input: 500, output: 2 })
  expect(scaleRule(rule, 0.01).input).toBe(1_000)
  expect(scaleRule(rule, -99.99).input).toBe(0)
})

test("no rate leaves what can be stored", () => {
  expect(scaleRule({ ...rule, input: rateMax }, 10_000).input).toBe(rateMax)
})
