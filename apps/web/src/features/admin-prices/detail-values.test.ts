import { expect, test } from "bun:test"
import { detailsOf, detailValuesOf, hasDetails } from "./detail-values.ts"

test("details come back as they were, and none are none", () => {
  const details = {
    cachedInput: 500_000,
    image: 0,
    longContext: { aboveTokens: 200_000, input: 3_000_000, output: 6_000_000, cachedInput: 1 },
  }
  expect(detailsOf(detailValuesOf(details))).toEqual(details)
  expect(detailValuesOf(details)).toMatchObject({ cachedInput: "0.5", image: "0", second: "" })
  const { cachedInput: _, ...long } = details.longContext
  expect(detailsOf(detailValuesOf({ longContext: long }))).toEqual({ longContext: long })
  expect(detailsOf(detailValuesOf(null))).toBeNull()
  expect(hasDetails(detailValuesOf(undefined))).toBe(false)
})
