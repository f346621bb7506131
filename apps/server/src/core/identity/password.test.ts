import { expect, test } from "bun:test"
import { hashesAtOnce, hashPassword, requireStrong, verifyPassword } from "./password.ts"

test.each([
  "",
  "short",
  "chatnio123456",
  "ChatNio123456",
  "password123",
  "aaaaaaaaaa",
  "somebody1",
])("%p is too weak", (password) => {
  expect(() => requireStrong(password, "Somebody1")).toThrow("at least 8 characters")
})

test("a phrase, also in other scripts, is strong", () => {
  for (const password of ["correct horse", "密码安全第一重要吗", "пароль-мой-свой"])
    expect(() => requireStrong(password, "root")).not.toThrow()
})

test("only the right password fits a hash, and none fits nobody", async () => {
  const hash = await hashPassword("correct horse")
  expect(hash).toStartWith("$argon2id$")
  expect(await verifyPassword("correct horse", hash)).toBe(true)
  expect(await verifyPassword("Correct horse", hash)).toBe(false)
  expect(await verifyPassword("correct horse", undefined)).toBe(false)
  expect(await verifyPassword("correct horse", "not a hash")).toBe(false)
})

test("a crowd at the door is served a few at a time, and beyond a hundred asked to wait", async () => {
  const attempts = Array.from({ length: 110 }, () => verifyPassword("x", "not a hash"))
  const outcomes = await Promise.allSettled(attempts)
  const refused = outcomes.filter(({ status }) => status === "rejected")
  expect(refused).toHaveLength(attempts.length - 100 - hashesAtOnce)
})

test("S1: a hash of the original fits once, in the time of any other", async () => {
  const legacy = "sha256:d30a9dfa06ceb45ca09c39e4ba952d3484a7cb71e48d986044a2c6aefa4f0e19"
  const startedAt = performance.now()
  expect(await verifyPassword(" chatnio123456 ", legacy)).toBe(true)
  expect(performance.now() - startedAt).toBeGreaterThan(10)
  expect(await verifyPassword("chatnio12345", legacy)).toBe(false)
  expect(await verifyPassword("chatnio123456", "sha256:")).toBe(false)
})
