import { expect, test } from "bun:test"
import type { MessageView } from "@nio/server/contract"
import { leafBelow, pathTo } from "./message-path.ts"

const message = (id: string, parentId: string | null): MessageView => ({
  id,
  parentId,
  role: id.startsWith("q") ? "user" : "assistant",
  text: id,
  reasoning: "",
  images: [],
  model: null,
  state: "done",
  failure: null,
  inputTokens: null,
  outputTokens: null,
  charge: null,
  createdAt: 0,
})

/** q1 → a1, a2 → q2 (under a2) → a3; and q3 beside q1. */
const tree = [
  message("q1", null),
  message("a1", "q1"),
  message("a2", "q1"),
  message("q2", "a2"),
  message("a3", "q2"),
  message("q3", null),
]
const idsTo = (leafId: string | null) => pathTo(tree, leafId).map(({ message }) => message.id)

test("the path goes through the leaf, and on by the newest to an end", () => {
  expect(idsTo("a1")).toEqual(["q1", "a1"])
  expect(idsTo("q1")).toEqual(["q1", "a2", "q2", "a3"])
  expect(idsTo("q3")).toEqual(["q3"])
})

test("a leaf that is gone is replaced by the newest message", () =>
  expect(idsTo("gone")).toEqual(["q3"]))

test("every message knows the versions beside it", () => {
  const [first, second] = pathTo(tree, "a3")
  expect(first?.siblings.map(({ id }) => id)).toEqual(["q1", "q3"])
  expect(second?.siblings.map(({ id }) => id)).toEqual(["a1", "a2"])
})

test("showing a version ends where its newest path ends", () => {
  expect(leafBelow(tree, "a2")).toBe("a3")
  expect(leafBelow(tree, "a1")).toBe("a1")
})

test("a circle in the data ends", () =>
  expect(pathTo([message("a", "b"), message("b", "a")], "a").length).toBeLessThan(10))
