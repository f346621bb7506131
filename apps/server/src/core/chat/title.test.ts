import { expect, test } from "bun:test"
import { titleOf } from "./title.ts"

test.each([
  ["  How are\n\tyou? ", "How are you?"],
  ["x".repeat(60), "x".repeat(50)],
  ["🦄".repeat(60), "🦄".repeat(50)],
  ["a\u0000b", "a b"],
  [" \n ", "🖼️"],
])("the title of %j is %j", (question, title) => {
  expect(titleOf(question)).toBe(title)
})
