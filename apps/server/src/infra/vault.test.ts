import { expect, test } from "bun:test"
import { createVault } from "./vault.ts"

const vault = createVault("0123456789abcdef0123456789abcdef")

test("what was sealed can be opened, and looks different each time", () => {
  const text = "sk-密钥\n2"
  expect(vault.open(vault.seal(text))).toBe(text)
  expect(vault.seal(text)).not.toBe(vault.seal(text))
  expect(vault.seal(text)).not.toContain("sk-")
})

test("what was changed, cut, or sealed by another secret stays shut", () => {
  const sealed = vault.seal("text")
  const other = createVault("fedcba9876543210fedcba9876543210")
  const changed = sealed.slice(0, -1) + (sealed.endsWith("A") ? "E" : "A")
  for (const stored of [changed, sealed.slice(0, 20), "sealed:1:", "text", ""])
    expect(vault.open(stored)).toBeUndefined()
  expect(other.open(sealed)).toBeUndefined()
})

test("a tag is the same for the same text and secret only", () => {
  expect(vault.tag("1")).toBe(vault.tag("1"))
  expect(vault.tag("1")).not.toBe(vault.tag("2"))
  expect(vault.tag("1")).not.toBe(createVault("another secret of somebody").tag("1"))
})
