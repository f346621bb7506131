import { expect, test } from "bun:test"
import { takenBy } from "./taken-by.ts"

test("a model belongs to the first rule that lists it", () => {
  const earlier = [{ models: ["a", "b"] }, { models: ["b", "c"] }]
  expect([...takenBy(earlier, ["b", "c", "d"])]).toEqual([
    ["b", 1],
    ["c", 2],
  ])
  expect(takenBy([], ["a"]).size).toBe(0)
})
