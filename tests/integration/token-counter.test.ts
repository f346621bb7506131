import { afterAll, expect, test } from "bun:test"
import { createTokenCounter } from "@nio/server/infra/token-counter"

const tokens = createTokenCounter()
afterAll(() => tokens.close())

test("counts as o200k_base does", async () => {
  expect(await tokens.count("hello world")).toBe(2)
  expect(await tokens.count("")).toBe(0)
  expect(await tokens.count("你好，世界")).toBeGreaterThan(1)
})

test("takes what looks like a special token for text", async () => {
  expect(await tokens.count("<|endoftext|>")).toBeGreaterThan(1)
})

test("a text without breaks does not take for ever", async () => {
  const startedAt = performance.now()
  const count = await tokens.count("a".repeat(100_000))
  expect(count).toBeGreaterThan(10_000)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})

test("many counts at once each get their own answer", async () => {
  const texts = Array.from({ length: 20 }, (_, at) => "one ".repeat(at + 1).trim())
  expect(await Promise.all(texts.map((text) => tokens.count(text)))).toEqual(
    texts.map((_, at) => at + 1),
  )
})
