import { expect, test } from "bun:test"
import fc from "fast-check"
import { scaled } from "./decimal.ts"

test("numbers and quoted numbers are taken by their digits", () => {
  const cases: [unknown, number, bigint][] = [
    [1, 9, 1_000_000_000n],
    [0.010000001, 9, 10_000_001n],
    ["0.010000001", 9, 10_000_001n],
    ["0.1", 6, 100_000n],
    [" 2.50 ", 6, 2_500_000n],
    ["1e-7", 9, 100n],
    [1e-7, 9, 100n],
    [1e21, 0, 10n ** 21n],
    ["-0.5", 6, -500_000n],
    ["+3", 0, 3n],
    [".5", 1, 5n],
    ["5.", 1, 50n],
    [0, 9, 0n],
    ["0.0000000004", 9, 0n],
    ["0.0000000005", 9, 1n],
  ]
  for (const [value, places, expected] of cases) expect(scaled(value, places)).toBe(expected)
})

test("a widened 32-bit float is what was typed", () => {
  for (const typed of [0.01, 0.1, 0.002, 1.2, 0.0005, 12.345, 3])
    expect(scaled(Math.fround(typed), 9)).toBe(scaled(String(typed), 9)!)
})

test("what is not a number is told", () => {
  for (const value of [
    "",
    ".",
    "-",
    "abc",
    "1,5",
    "0x10",
    "1e",
    "1e999",
    Number.NaN,
    Infinity,
    null,
    {},
    true,
  ])
    expect(scaled(value, 6)).toBeUndefined()
})

test("whole numbers come back as they are, whatever the places", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 20 }), (value, places) => {
      expect(scaled(String(value), places)).toBe(BigInt(value) * 10n ** BigInt(places))
    }),
  )
})
