import { expect, test } from "bun:test"
import { differencesOf } from "./differences.ts"

test("only what differs is told, field by field", () => {
  const before = { name: "a", weight: 1, proxy: { host: "x", port: 1 }, models: ["m"] }
  const after = { name: "a", weight: 2, proxy: { host: "x", port: 2 }, models: ["m", "n"] }
  expect(differencesOf(before, after)).toEqual([
    { path: "weight", before: "1", after: "2" },
    { path: "proxy.port", before: "1", after: "2" },
    { path: "models", before: "m", after: "m, n" },
  ])
})

test("what is made has no before, and what is deleted no after", () => {
  expect(differencesOf(null, { name: "a" })).toEqual([{ path: "name", after: "a" }])
  expect(differencesOf({ name: "a" }, null)).toEqual([{ path: "name", before: "a" }])
})

test("a single value has no path", () => {
  expect(differencesOf("set", null)).toEqual([{ path: "", before: "set" }])
  expect(differencesOf(null, 5)).toEqual([{ path: "", after: "5" }])
})

test("what is long is cut", () => {
  const [only] = differencesOf(null, "x".repeat(10_000))
  expect(only?.after?.length).toBeLessThan(600)
})
