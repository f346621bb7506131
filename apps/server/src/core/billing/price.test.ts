import { expect, test } from "bun:test"
import { costOf, holdFor, minimumOf } from "./price.ts"

/** 0.3 points per thousand tokens in, 0.6 out. */
const perToken = { type: "per-token", input: 300_000_000, output: 600_000_000 } as const
const perRequest = { type: "per-request", input: 0, output: 500_000 } as const
const free = { type: "free", input: 0, output: 0 } as const

test("tokens cost their rate, the sum rounded up once", () => {
  expect(costOf(perToken, { input: 1_000, output: 500 })).toBe(600_000)
  expect(costOf({ ...perToken, input: 1, output: 1 }, { input: 1, output: 1 })).toBe(1)
  expect(costOf({ ...perToken, input: 500_000, output: 500_000 }, { input: 1, output: 1 })).toBe(1)
  expect(costOf(perToken, { input: 0, output: 0 })).toBe(0)
})

test("a request costs the same however long the answer is", () => {
  expect(costOf(perRequest, { input: 1, output: 1_000_000 })).toBe(500_000)
  expect(costOf(free, { input: 1_000, output: 1_000 })).toBe(0)
})

test("a product beyond 2^53 stays exact", () => {
  const steep = { type: "per-token", input: 1_000_000_000_000_000, output: 0 } as const
  expect(costOf(steep, { input: 9_000_001, output: 0 })).toBe(9_000_001_000_000_000)
  expect(costOf(steep, { input: 1_999_999_999, output: 0 })).toBe(Number.MAX_SAFE_INTEGER)
})

test("what an upstream reports cannot make a price negative or break it", () => {
  for (const tokens of [-5, Number.NaN, Number.NEGATIVE_INFINITY, undefined as unknown as number])
    expect(costOf(perToken, { input: tokens, output: tokens })).toBe(0)
  expect(costOf(perToken, { input: 0.5, output: 0 })).toBe(300)
  expect(costOf(perToken, { input: 1e300, output: 0 })).toBe(Number.MAX_SAFE_INTEGER)
})

test("the least that must be there is a thousand tokens each way, or one request", () => {
  expect(minimumOf(perToken)).toBe(900_000)
  expect(minimumOf(perRequest)).toBe(500_000)
  expect(minimumOf(free)).toBe(0)
})

test("a hold covers what is expected, and never less than the minimum", () => {
  expect(holdFor(perToken, { input: 1, output: 1 })).toBe(900_000)
  expect(holdFor(perToken, { input: 10_000, output: 1_000 })).toBe(3_600_000)
})
