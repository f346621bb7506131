import { expect, test } from "bun:test"
import { limitOf } from "./limits.ts"

test("R15: the longest beginning of a path decides how often it may be asked for", () => {
  expect(limitOf("/resetkey")).toEqual({ seconds: 3_600, max: 3 })
  expect(limitOf("/reset")).toEqual({ seconds: 120, max: 10 })
  expect(limitOf("/conversation/share/list")).toEqual({ seconds: 1, max: 5 })
  expect(limitOf("/state")).toBeUndefined()
})
