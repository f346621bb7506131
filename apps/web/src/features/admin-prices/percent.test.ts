import { expect, test } from "bun:test"
import { readPercent } from "./percent.ts"

test.each([
  ["10", 10],
  ["+7,5", 7.5],
  ["-12.25 %", -12.25],
  ["−3%", -3],
  ["10000", 10_000],
])("%p is a change by %p percent", (text, percent) => {
  expect(readPercent(text)).toBe(percent)
})

test.each(["", "0", "-100", "10001", "1.234", "ten", "1e3"])("%p is none", (text) => {
  expect(readPercent(text)).toBeUndefined()
})
