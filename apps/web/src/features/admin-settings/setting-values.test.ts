import { expect, test } from "bun:test"
import type { SettingsView } from "@nio/server/contract"
import { isSecret, settings as rules } from "@nio/server/contract/settings"
import { changesOf, fieldOf, isGood, valuesOf } from "./setting-values.ts"

const initial = Object.fromEntries(
  Object.entries(rules).map(([key, { initial }]) => [key, isSecret(key) ? false : initial]),
) as unknown as SettingsView

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

test("a secret is sent when it is typed, kept when nothing is, and taken away when asked", () => {
  const now = { ...initial, "mail.password": true }
  const sent = (value: string | boolean) =>
    changesOf({ ...valuesOf(now), [fieldOf("mail.password")]: value }, now)
  expect(valuesOf(now)[fieldOf("mail.password")]).toBe("")
  expect(sent("")).toEqual([])
  expect(sent("new one")).toEqual([{ key: "mail.password", value: "new one" }])
  expect(sent(false)).toEqual([{ key: "mail.password", value: null }])
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
