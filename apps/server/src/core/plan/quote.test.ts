import { expect, test } from "bun:test"
import fc from "fast-check"
import { type Plan, type PlanLevel, plans as plansSchema } from "../../contract/index.ts"
import type { Live } from "../live/live.ts"
import { costOfMonths, costOfUpgrade, stretched } from "./cost.ts"
import { quoteOf } from "./quote.ts"

const point = 1_000_000
const day = 86_400_000
const discounts = [
  { months: 6, percentOff: 10 },
  { months: 12, percentOff: 20 },
  { months: 36, percentOff: 30 },
]

test("six months of 10 CNY with 10 % off are 540 points, rounded up once", () => {
  expect(costOfMonths(100 * point, 6, discounts)).toBe(540 * point)
  expect(costOfMonths(100 * point, 5, discounts)).toBe(500 * point)
  expect(costOfMonths(100 * point, 40, discounts)).toBe(2_800 * point)
  expect(costOfMonths(1, 6, [...discounts].reverse())).toBe(6)
  expect(costOfMonths(100 * point, 6, [])).toBe(600 * point)
})

test("a year at 40 is four years at 10; what is left of a day is not lost", () => {
  expect(stretched(365 * day, 400 * point, 100 * point)).toBe(1_460 * day)
  expect(stretched(day, 100, 300)).toBe(day)
  expect(costOfUpgrade(15 * day, 100 * point, 400 * point)).toBe(150 * point)
  expect(costOfUpgrade(1, 100, 101)).toBe(1)
  expect(costOfUpgrade(15 * day, 400, 100)).toBe(0)
})

const offered = (...prices: number[]): Pick<Live, "plans" | "settings"> => ({
  plans: new Map(
    prices.map((price, at) => [
      at + 1,
      { level: (at + 1) as PlanLevel, price: price * point, items: [], pays: new Map() },
    ]),
  ),
  settings: { "plans.enabled": true, "plans.discounts": discounts } as unknown as Live["settings"],
})
const now = Date.UTC(2025, 0, 31, 12)
const having = (level: number, days: number) => ({
  level,
  startedAt: now - 10 * day,
  expiresAt: now + days * day,
})

test("each way to a plan costs and lasts what it should", () => {
  const live = offered(100, 200, 400)
  const choose = (level: PlanLevel, months = 1) => ({ level, months })
  expect(quoteOf(live, undefined, choose(1), now)).toMatchObject({
    kind: "new",
    cost: 100 * point,
    startedAt: now,
    expiresAt: Date.UTC(2025, 1, 28, 12),
  })
  expect(quoteOf(live, having(3, -1), choose(1), now)).toMatchObject({ kind: "new" })
  expect(quoteOf(live, having(1, 30), choose(1, 12), now)).toMatchObject({
    kind: "renew",
    cost: 960 * point,
    expiresAt: Date.UTC(2026, 2, 2, 12),
  })
  expect(quoteOf(live, having(1, 30), choose(3, 12), now)).toMatchObject({
    kind: "upgrade",
    cost: 300 * point,
    expiresAt: now + 30 * day,
  })
  expect(quoteOf(live, having(3, 30), choose(1, 12), now)).toMatchObject({
    kind: "downgrade",
    cost: 0,
    expiresAt: now + 120 * day,
  })
})

test("a renewed plan ends on the day it began, also after a short month", () => {
  const had = { level: 1, startedAt: now, expiresAt: Date.UTC(2025, 1, 28, 12) }
  const renewed = quoteOf(offered(100), had, { level: 1, months: 1 }, now + day)
  expect(renewed.expiresAt).toBe(Date.UTC(2025, 2, 31, 12))
})

test("B11: a level that is not configured cannot be bought, nor any while plans are off", () => {
  const choice = { level: 3, months: 1 } as const
  expect(() => quoteOf(offered(100, 200), undefined, choice, now)).toThrow("no plan of level 3")
  const off = offered(100, 200, 300)
  const settings = { ...off.settings, "plans.enabled": false }
  expect(() => quoteOf({ ...off, settings }, undefined, choice, now)).toThrow("not offered")
  const far = { level: 1, startedAt: now, expiresAt: now + 99 * 365 * day }
  expect(() => quoteOf(off, far, { level: 1, months: 24 }, now)).toThrow("100 years")
})

test("who has a level that is gone keeps the time that is left", () => {
  const live = offered(100)
  expect(quoteOf(live, having(3, 30), { level: 1, months: 1 }, now).expiresAt).toBe(now + 30 * day)
})

test("B12: a level that costs no more than the one below, or a list with a level or an item twice, is refused", () => {
  const item = { id: "a", name: "A", icon: "bot" as const, models: ["m"], quota: 1 }
  const priced = (level: PlanLevel, price: number, items = [item]): Plan => ({
    level,
    price,
    items,
  })
  expect(plansSchema.safeParse([priced(3, 30), priced(1, 10)]).success).toBe(true)
  expect(plansSchema.safeParse([priced(1, 10), priced(3, 10)]).success).toBe(false)
  expect(plansSchema.safeParse([priced(1, 10), priced(1, 20)]).success).toBe(false)
  expect(plansSchema.safeParse([priced(1, 10, [item, item])]).success).toBe(false)
  expect(plansSchema.safeParse([priced(1, 10, [{ ...item, models: [] }])]).success).toBe(false)
  expect(plansSchema.safeParse([priced(1, 0)]).success).toBe(false)
})

test("no way up and down again gives time that was not paid for", () => {
  const prices = fc.tuple(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 1e12 }))
  const time = fc.integer({ min: 1, max: 100 * 366 * day })
  fc.assert(
    fc.property(prices, time, ([one, other], left) => {
      const [low, high] = one < other ? [one, other] : [other, one]
      const paid = BigInt(costOfUpgrade(left, low, high))
      expect(paid * BigInt(30 * day)).toBeGreaterThanOrEqual(BigInt(left) * BigInt(high - low))
      const longer = stretched(left, high, low)
      if (longer < Number.MAX_SAFE_INTEGER)
        expect(BigInt(longer) * BigInt(low)).toBeLessThanOrEqual(BigInt(left) * BigInt(high))
    }),
    { numRuns: 2_000 },
  )
})
