import { expect, test } from "bun:test"
import { formatRate, millionInYuan, parseRate, rateInYuan } from "./rate.ts"

test.each([
  ["1", 1_000_000_000],
  ["0.0015", 1_500_000],
  ["0,5", 500_000_000],
  ["0.000000001", 1],
  ["0", 0],
])("%s points per thousand tokens", (text, rate) => {
  expect(parseRate(text, "per-thousand-tokens")).toBe(rate)
  expect(formatRate(rate, "per-thousand-tokens")).toBe(text.replace(",", "."))
})

test.each(["", "-1", "1e3", "abc", "0.0000000001", "1.2.3", "99999999"])("refuses %p", (text) => {
  expect(parseRate(text, "per-thousand-tokens")).toBeUndefined()
})

test("a request's price has six decimals", () => {
  expect(parseRate("0.1", "per-request")).toBe(100_000)
  expect(formatRate(100_000, "per-request")).toBe("0.1")
  expect(parseRate("0.0000001", "per-request")).toBeUndefined()
})

test("in CNY nothing is rounded away", () => {
  expect(rateInYuan(1, "per-thousand-tokens")).toBe("0.0000000001")
  expect(rateInYuan(123_456_789_012_345, "per-thousand-tokens")).toBe("12345.6789012345")
  expect(rateInYuan(999_999_999_999_999, "per-request")).toBe("99999999.9999999")
  expect(millionInYuan(1_500_000)).toBe("0.15")
  expect(rateInYuan(0, "per-request")).toBe("0")
})
