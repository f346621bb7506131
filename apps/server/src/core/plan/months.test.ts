import { expect, test } from "bun:test"
import fc from "fast-check"
import { monthsFrom, nextWindow, windowAt } from "./months.ts"

const at = (text: string) => Date.parse(`${text}Z`)

test("windows are counted from the day it began, in months as long as they are", () => {
  const began = at("2023-01-31T10:00")
  const firsts = ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31"]
  for (const [index, day] of firsts.entries()) {
    const first = at(`${day}T10:00`)
    expect(windowAt(began, first)).toBe(first)
    if (index > 0) expect(windowAt(began, first - 1)).toBe(at(`${firsts[index - 1]}T10:00`))
  }
  expect(windowAt(began, at("2024-02-29T10:00"))).toBe(at("2024-02-29T10:00"))
  expect(windowAt(began, at("2024-02-29T09:59"))).toBe(at("2024-01-31T10:00"))
})

test("a year after a leap day is the 28th, and four years after it is a leap day again", () => {
  const began = at("2024-02-29T00:00")
  expect(monthsFrom(began, 12)).toBe(at("2025-02-28T00:00"))
  expect(monthsFrom(began, 48)).toBe(at("2028-02-29T00:00"))
})

const instants = fc.integer({ min: at("2000-01-01T00:00"), max: at("2100-01-01T00:00") })

test("every moment is in one window, whatever day it began", () => {
  fc.assert(
    fc.property(instants, instants, (one, other) => {
      const [began, now] = one < other ? [one, other] : [other, one]
      const [first, end] = [windowAt(began, now), nextWindow(began, now)]
      expect(first <= now && now < end).toBe(true)
      expect(windowAt(began, first)).toBe(first)
      expect(windowAt(began, end - 1)).toBe(first)
      expect(windowAt(began, end)).toBe(end)
      const days = (end - first) / 86_400_000
      expect(days >= 28 && days <= 31).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test("windows never go backwards, and a moment before the beginning is in the first", () => {
  fc.assert(
    fc.property(instants, instants, fc.nat(90 * 86_400_000), (began, now, later) => {
      expect(windowAt(began, now + later)).toBeGreaterThanOrEqual(windowAt(began, now))
      if (now < began) expect(windowAt(began, now)).toBe(began)
    }),
  )
})

test("A18: the zone of the process changes nothing", async () => {
  const script = `import { windowAt } from ${JSON.stringify(`${import.meta.dir}/months.ts`)}
    const began = Date.parse("2023-01-31T01:30Z")
    console.log([1, 59, 60, 150, 280, 300, 420].map((days) => windowAt(began, began + days * 86400000)).join())`
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kolkata"]
  const told = await Promise.all(
    zones.map((TZ) =>
      new Response(
        Bun.spawn([process.execPath, "-e", script], { env: { ...process.env, TZ } }).stdout,
      ).text(),
    ),
  )
  expect(new Set(told).size).toBe(1)
  expect(told[0]).toContain(String(at("2023-03-31T01:30")))
})
