import { expect, test } from "bun:test"
import { pathTo, withoutPictures } from "./window.ts"

const tree = new Map<string, string | null>([
  ["q1", null],
  ["a1", "q1"],
  ["a1'", "q1"],
  ["q2", "a1'"],
])

test("the path to a message leaves its siblings out", () => {
  expect(pathTo("q2", tree)).toEqual(["q1", "a1'", "q2"])
})

test("a circle in stored links does not go on for ever", () => {
  const circle = new Map([
    ["a", "b"],
    ["b", "a"],
  ])
  expect(pathTo("a", circle)).toEqual(["b", "a"])
})

test("a picture in an answer is not shown again letter by letter", () => {
  const text = "See ![a cat](data:image/png;base64,iVBORw0KGgo=) and ![b](https://x/1.png)"
  expect(withoutPictures(text)).toBe("See ![a cat](…) and ![b](https://x/1.png)")
})
