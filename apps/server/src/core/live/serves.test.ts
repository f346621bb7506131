import { expect, test } from "bun:test"
import { servesOf } from "./serves.ts"

const serves = (models: string[], mapping: string[]) =>
  Object.fromEntries(servesOf({ models, mapping }))

test("models are offered under their own names", () => {
  expect(serves(["a", "b"], [])).toEqual({ a: "a", b: "b" })
})

test("a mapping offers its source too, and `!` hides its target", () => {
  expect(serves(["gpt-4o", "gpt-test"], ["gpt-all>gpt-4o", "!x-all>gpt-test"])).toEqual({
    "gpt-4o": "gpt-4o",
    "gpt-all": "gpt-4o",
    "x-all": "gpt-test",
  })
})

test("a mapping of a listed model changes where it goes", () => {
  expect(serves(["a", "b"], ["a>b"])).toEqual({ a: "b", b: "b" })
})

test("mapping is one step, and the later line of a name wins", () => {
  expect(serves(["c"], ["a>b", "b>c", "a>c"])).toEqual({ a: "c", b: "c", c: "c" })
})

test("a source that another line hides is not offered, whatever the order", () => {
  expect(serves([], ["!x>a", "a>b"])).toEqual({ x: "a" })
  expect(serves([], ["a>b", "!x>a"])).toEqual({ x: "a" })
})
