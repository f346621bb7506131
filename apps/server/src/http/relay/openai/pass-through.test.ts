import { expect, test } from "bun:test"
import type { Batch } from "@nio/adapters"
import { passThrough, renamed } from "./pass-through.ts"

const batch = (text: string, withUsage = false): Batch => ({
  bytes: Buffer.from(text),
  events: [],
  signs: withUsage ? { usage: { input: 1, output: 1 } } : {},
})
const say = (bytes: Uint8Array) => Buffer.from(bytes).toString()

const hello = `data: {"id":"x","model":"real","choices":[{"delta":{"content":"the \\"model\\""}}],"odd":1.10}\n\n`
const usage = `data: {"id":"x","model":"real","choices":[],"usage":{"prompt_tokens":1}}\n\n`
const filter = `data: {"choices":[],"prompt_filter_results":[]}\n\n`
const done = "data: [DONE]\n\n"

test("bytes pass untouched, the very same ones", () => {
  const untouched = batch(hello)
  expect(passThrough(untouched, { dropUsage: true })).toBe(untouched.bytes)
})

test("the usage chunk nobody asked for is left out, and nothing else", () => {
  const text = filter + hello + usage + done
  expect(say(passThrough(batch(text, true), { dropUsage: true }))).toBe(filter + hello + done)
})

test("a caller who asked for the usage chunk gets it", () => {
  const whole = batch(hello + usage + done, true)
  expect(passThrough(whole, { dropUsage: false })).toBe(whole.bytes)
})

test("a mapped model keeps the name the caller knows, and every other character stays", () => {
  const text = `: note\n\n${hello}${done}`
  expect(say(passThrough(batch(text), { dropUsage: false, renameTo: "alias" }))).toBe(
    text.replace('"model":"real"', '"model":"alias"'),
  )
})

test("a whole answer is renamed the same way", () => {
  const body = Buffer.from(`{"model":"real","n":1.0,"choices":[{"message":{"model":"real"}}]}`)
  expect(say(renamed(body, "alias"))).toBe(
    `{"model":"alias","n":1.0,"choices":[{"message":{"model":"real"}}]}`,
  )
})
