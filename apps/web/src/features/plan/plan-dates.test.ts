import { expect, test } from "bun:test"
import { dayOf, endOn, monthsLater, startOn } from "./plan-dates.ts"

const iso = (ms: number) => new Date(ms).toISOString()

test("a month later is the same day, or the last of a shorter month", () => {
  const later = (at: string, months: number) => iso(monthsLater(Date.parse(at), months))
  expect(later("2026-01-15T10:30:00Z", 1)).toBe("2026-02-15T10:30:00.000Z")
  expect(later("2026-01-31T10:30:00Z", 1)).toBe("2026-02-28T10:30:00.000Z")
  expect(later("2026-12-31T10:30:00Z", 1)).toBe("2027-01-31T10:30:00.000Z")
  expect(later("2024-02-29T10:30:00Z", 12)).toBe("2025-02-28T10:30:00.000Z")
})

test("a day that was not touched keeps its moment, another begins at its start and ends at its end", () => {
  const meant = new Date("2026-03-10T14:37:05").getTime()
  expect(startOn(dayOf(meant), meant)).toBe(meant)
  expect(endOn(dayOf(meant), meant)).toBe(meant)
  expect(startOn("2026-03-11", meant)).toBe(new Date("2026-03-11T00:00").getTime())
  expect(endOn("2026-03-11", meant)).toBe(new Date("2026-03-11T23:59:59.999").getTime())
})

test("what is no day is no moment", () => {
  expect(startOn("", 0)).toBeUndefined()
  expect(endOn("0026-01-01", 0)).toBeUndefined()
})
