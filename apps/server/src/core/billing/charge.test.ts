import { expect, test } from "bun:test"
import type { Usage } from "@nio/adapters"
import fc from "fast-check"
import { rateMax } from "../../contract/rate.ts"
import { explainCharge } from "./explain-charge.ts"
import { costOf, holdFor, minimumOf } from "./price.ts"
import type { Rates } from "./terms.ts"

/** Micropoints per million tokens; a token is so many micropoints. */
const million = 1_000_000
const priced = (details: Rates["details"]): Rates => ({
  type: "per-token",
  input: 10 * million,
  output: 20 * million,
  details,
})
const asked = { input: 100, output: 50 }

test("each part with a rate of its own leaves the whole, the rest costs what the whole does", () => {
  const parts = { cachedInput: 40, cacheWriteInput: 10, audioInput: 20, reasoning: 30 }
  const usage = { ...asked, ...parts, audioOutput: 5 }
  expect(costOf(priced({}), usage)).toBe(100 * 10 + 50 * 20)
  expect(costOf(priced({ cachedInput: million }), usage)).toBe(60 * 10 + 40 + 50 * 20)
  expect(costOf(priced({ cachedInput: 0, cacheWrite: 12 * million }), usage)).toBe(
    50 * 10 + 10 * 12 + 50 * 20,
  )
  expect(costOf(priced({ reasoning: 2 * million, audioOutput: 100 * million }), usage)).toBe(
    100 * 10 + 15 * 20 + 30 * 2 + 5 * 100,
  )
  expect(costOf(priced({ audioInput: 50 * million }), usage)).toBe(80 * 10 + 20 * 50 + 50 * 20)
})

test("pictures and seconds come on top of tokens", () => {
  const both = priced({ image: 5_000, second: 300 })
  expect(costOf(both, { ...asked, images: 3, mediaMs: 1_500 })).toBe(2_000 + 15_000 + 450)
  expect(costOf({ ...both, input: 0, output: 0 }, { ...asked, mediaMs: 1 })).toBe(1)
  expect(costOf({ ...both, type: "per-request" }, { ...asked, images: 3 }, 2)).toBe(40 * million)
})

test("a request that is longer than that costs other rates as a whole", () => {
  const longContext = { aboveTokens: 200, input: 30 * million, output: 40 * million }
  const price = priced({ cachedInput: million, longContext })
  expect(costOf(price, { input: 200, output: 1 })).toBe(200 * 10 + 20)
  expect(costOf(price, { input: 201, output: 1 })).toBe(201 * 30 + 40)
  expect(costOf(price, { input: 300, output: 0, cachedInput: 100 })).toBe(200 * 30 + 100)
  const own = priced({ longContext: { ...longContext, cachedInput: 2 * million } })
  expect(costOf(own, { input: 300, output: 0, cachedInput: 100 })).toBe(200 * 30 + 200)
})

test("A5: parts that exceed the whole, or are no numbers, cost no less than nothing and no more than the whole", () => {
  const price = priced({ cachedInput: 0, reasoning: 0, audioInput: 0, audioOutput: 0 })
  const lies = [1e308, Number.POSITIVE_INFINITY, 2 ** 53] as const
  for (const lie of lies)
    expect(costOf(price, { ...asked, cachedInput: lie, audioInput: lie, reasoning: lie })).toBe(0)
  const nonsense = [-1, -1e308, Number.NaN, "7" as unknown as number, null as unknown as number]
  for (const told of nonsense) {
    const usage = { ...asked, cachedInput: told, audioInput: told, reasoning: told, images: told }
    expect(costOf(price, { ...usage, mediaMs: told })).toBe(2_000)
  }
})

test("A6: the dearest price there can be stays exact, and beyond counting is the most there is", () => {
  const dear = { ...priced({ image: rateMax, second: rateMax }), input: rateMax, output: rateMax }
  expect(costOf(dear, { input: 3, output: 4 })).toBe(7_000_000_000)
  expect(costOf(dear, { input: 1e8, output: 1e8, images: 1e8, mediaMs: 1e8 })).toBe(
    Number.MAX_SAFE_INTEGER,
  )
})

test("where pictures and seconds have a price, one of each must be there", () => {
  expect(minimumOf(priced({ image: 5_000, second: 300 }))).toBe(30_000 + 5_300)
  expect(minimumOf({ ...priced({ image: 5_000 }), input: 0, output: 0 })).toBe(5_000)
  expect(holdFor(priced({ image: 5_000 }), { ...asked, images: 4 })).toBe(35_000)
})

test("a formula names each product, the rounding and the rates of a long request", () => {
  const longContext = { aboveTokens: 50, input: 3, output: 4 }
  const price = priced({ cachedInput: 1, image: 7, second: 9, longContext })
  const line = lineOf(price, { ...asked, cachedInput: 30, images: 2, mediaMs: 1_500 })
  expect(explainCharge(line)).toEqual({
    steps: [
      { what: "input", units: 70, rate: 3, per: 1_000_000, subtotal: "0.00000000021" },
      { what: "cachedInput", units: 30, rate: 1, per: 1_000_000, subtotal: "0.00000000003" },
      { what: "output", units: 50, rate: 4, per: 1_000_000, subtotal: "0.0000000002" },
      { what: "image", units: 2, rate: 7, per: 1, subtotal: "0.000014" },
      { what: "second", units: 1.5, rate: 9, per: 1, subtotal: "0.0000135" },
    ],
    longContext: true,
    sum: "0.00002750044",
    rounding: "0.00000049956",
    total: 28,
  })
})

test("what nobody counted costs nothing, and a price of an unknown shape explains nothing", () => {
  const line = lineOf({ type: "per-request", input: 0, output: 5 }, asked)
  expect(explainCharge(line)).toMatchObject({ total: 5, sum: "0.000005", rounding: "0" })
  expect(explainCharge({ ...line, usageFrom: "cache" })).toMatchObject({ total: 0, steps: [] })
  expect(explainCharge({ ...line, price: { type: "auction" } })).toBeUndefined()
  expect(explainCharge({ ...line, price: null })).toBeUndefined()
})

test("the formula of a line always comes to the charge, whatever the price and the count", () => {
  fc.assert(
    fc.property(prices, usages, fc.integer({ min: 1, max: 10 }), (price, usage, requests) => {
      const formula = explainCharge(lineOf(price, usage, requests))!
      const charge = costOf(price, usage, requests)
      expect(formula.total).toBe(charge)
      expect(Number.isSafeInteger(charge) && charge >= 0).toBe(true)
      const steps = formula.steps.reduce((sum, { subtotal }) => sum + millionths(subtotal), 0n)
      expect(steps).toBe(millionths(formula.sum))
      if (charge < Number.MAX_SAFE_INTEGER) {
        const rounding = millionths(formula.rounding)
        expect(rounding >= 0n && rounding < 1_000_000n).toBe(true)
        expect(steps + rounding).toBe(BigInt(charge) * 1_000_000n)
      }
    }),
    { numRuns: 2_000 },
  )
})

test("a part never makes an answer dearer than the dearest rate for all of it", () => {
  fc.assert(
    fc.property(usages, rates, rates, (usage, one, other) => {
      const price: Rates = { type: "per-token", input: one, output: one }
      const details = { cachedInput: other, cacheWrite: other, reasoning: other, audioInput: other }
      const top = Math.max(one, other)
      expect(costOf({ ...price, details }, usage)).toBeLessThanOrEqual(
        costOf({ type: "per-token", input: top, output: top }, usage),
      )
    }),
  )
})

/** As the usage log keeps it. */
const lineOf = (price: Rates, usage: Usage, requests = 1) => ({
  usageFrom: "upstream" as const,
  inputTokens: usage.input,
  outputTokens: usage.output,
  cachedTokens: usage.cachedInput ?? 0,
  reasoningTokens: usage.reasoning ?? 0,
  cacheWriteTokens: usage.cacheWriteInput ?? 0,
  audioTokens: (usage.audioInput ?? 0) + (usage.audioOutput ?? 0),
  images: usage.images ?? 0,
  mediaMs: usage.mediaMs ?? 0,
  price: JSON.parse(JSON.stringify({ ...price, requests, audioOutput: usage.audioOutput ?? 0 })),
})

/** An exact decimal of points in millionths of a micropoint. */
function millionths(points: string): bigint {
  const [whole = "", fraction = ""] = points.split(".")
  return BigInt(whole + fraction.padEnd(12, "0"))
}

const rates = fc.oneof(fc.nat(10_000), fc.integer({ min: 0, max: rateMax }))
const own = fc.option(rates, { nil: undefined })
const counts = fc.oneof(fc.nat(100), fc.nat(100_000_000))
const usages: fc.Arbitrary<Usage> = fc.record(
  {
    input: counts,
    output: counts,
    cachedInput: counts,
    cacheWriteInput: counts,
    reasoning: counts,
    audioInput: counts,
    audioOutput: counts,
    images: counts,
    mediaMs: counts,
  },
  { requiredKeys: ["input", "output"] },
)
const details = fc.record({
  cachedInput: own,
  cacheWrite: own,
  reasoning: own,
  audioInput: own,
  audioOutput: own,
  image: own,
  second: own,
  longContext: fc.option(
    fc.record({
      aboveTokens: fc.integer({ min: 1, max: 1_000_000 }),
      input: rates,
      output: rates,
      cachedInput: own,
    }),
    { nil: undefined },
  ),
})
const prices = fc.record({
  type: fc.constantFrom("free" as const, "per-request" as const, "per-token" as const),
  input: rates,
  output: rates,
  details: fc.option(details),
}) as fc.Arbitrary<Rates>
