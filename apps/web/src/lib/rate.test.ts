import { expect, test } from "bun:test"
import { formatRate, parseRate, perThousand, rateInYuan } from "./rate.ts"

test.each([
  ["1", 1_000_000],
  ["15", 15_000_000],
  ["0.0015", 1_500],
  ["0,5", 500_000],
  ["0.000001", 1],
  ["1000000000", 1_000_000_000_000_000],
  ["0", 0],
])("%s points per million tokens, or per request", (text, rate) => {
  expect(parseRate(text)).toBe(rate)
  expect(formatRate(rate)).toBe(text.replace(",", "."))
})

test.each(["", "-1", "1e3", "abc", "0.0000001", "1.2.3", "99999999999"])("refuses %p", (text) => {
  expect(parseRate(text)).toBeUndefined()
})

test("in CNY and per thousand nothing is rounded away", () => {
  expect(rateInYuan(1)).toBe("0.0000001")
  expect(rateInYuan(999_999_999_999_999)).toBe("99999999.9999999")
  expect(rateInYuan(0)).toBe("0")
  expect(perThousand(1)).toBe("0.000000001")
  expect(perThousand(15_000_000)).toBe("0.015")
})
