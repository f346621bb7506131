import { expect, test } from "bun:test"
import { parsePoints } from "./points.ts"

test.each([
  ["50", 50],
  [" 0.000001 ", 0.000001],
  ["12,5", 12.5],
  ["1000000000", 1_000_000_000],
])("%p is an amount", (text, points) => expect(parsePoints(text)).toBe(points))

test.each(["", "0", "-5", "1e3", "0.0000001", "1,000,000", "1000000001", "five"])(
  "%p is none",
  (text) => expect(parsePoints(text)).toBeUndefined(),
)
