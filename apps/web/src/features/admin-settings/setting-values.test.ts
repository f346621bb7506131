import { expect, test } from "bun:test"
import type { Settings } from "@nio/server/contract"
import { settings as rules } from "@nio/server/contract/settings"
import { changesOf, fieldOf, isGood, valuesOf } from "./setting-values.ts"

const initial = Object.fromEntries(
  Object.entries(rules).map(([key, { initial }]) => [key, initial]),
) as unknown as Settings

test("what is shown and not touched is no change", () => {
  expect(changesOf(valuesOf(initial), initial)).toEqual([])
})

test("only what was changed is sent, in the setting's own type", () => {
  const values = {
    ...valuesOf(initial),
    [fieldOf("search.results")]: "7",
    [fieldOf("cache.models")]: "a\nb, a",
    [fieldOf("search.imageProxy")]: true,
  }
  expect(changesOf(values, initial)).toEqual([
    { key: "search.results", value: 7 },
    { key: "search.imageProxy", value: true },
    { key: "cache.models", value: ["a", "b"] },
  ])
})

test.each([
  ["search.results", "", false],
  ["search.results", "x", false],
  ["search.results", "51", false],
  ["search.results", "-1", true],
  ["search.endpoint", "not an address", false],
  ["search.endpoint", "", true],
  ["cache.seconds", "0", false],
] as const)("%s of %j is good: %p", (key, text, good) => {
  expect(isGood(key, text, initial)).toBe(good)
})
