import { expect, test } from "bun:test"
import { upstreamCost } from "./upstream-cost.ts"

const perToken = { type: "per-token" as const, models: ["m"], input: 3_000_000, output: 9_000_000 }
const told = (usage: object) => ({
  usage: { input: 100, output: 10, ...usage },
  usageFrom: "upstream" as const,
})

test("an upstream is owed its rates per million, what it had in its cache by a rate of its own", () => {
  expect(upstreamCost([perToken], "m", told({}), 1)).toBe(390)
  expect(upstreamCost([perToken], "m", told({ cachedInput: 80 }), 1)).toBe(390)
  const cached = { ...perToken, cachedInput: 300_000 }
  expect(upstreamCost([cached], "m", told({ cachedInput: 80 }), 1)).toBe(60 + 24 + 90)
})

test("more cached than asked is a lie, and costs no less than nothing", () => {
  const cached = { ...perToken, cachedInput: 0 }
  expect(upstreamCost([cached], "m", told({ cachedInput: 1_000 }), 1)).toBe(90)
})

test("the first rule that lists the model counts; requests are counted where they are paid", () => {
  const rules = [
    { ...perToken, models: ["n"] },
    { ...perToken, type: "per-request" as const },
  ]
  expect(upstreamCost(rules, "m", told({}), 3)).toBe(27_000_000)
})

test("nothing is owed for nothing, for nobody, and where no price is known", () => {
  const nothing = { usage: { input: 0, output: 0 }, usageFrom: "none" as const }
  expect(upstreamCost([{ ...perToken, type: "per-request" }], "m", nothing, 1)).toBe(0)
  expect(upstreamCost([perToken], null, told({}), 1)).toBe(0)
  expect(upstreamCost([perToken], "other", told({}), 1)).toBe(0)
})
