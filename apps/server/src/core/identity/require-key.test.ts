import { expect, test } from "bun:test"
import { isAmong } from "./require-key.ts"

test.each([
  ["203.0.113.9", ["203.0.113.0/24"], true],
  ["203.0.114.9", ["203.0.113.0/24"], false],
  ["::ffff:203.0.113.9", ["203.0.113.0/24"], true],
  ["203.0.113.9", ["203.0.113.9"], true],
  ["203.0.113.9", ["2001:db8::/32", "203.0.113.8/31"], true],
  ["2001:db8:1::1", ["2001:db8::/32"], true],
  ["2001:db9::1", ["2001:db8::/32"], false],
  ["::1", ["0:0:0:0:0:0:0:1"], true],
  ["203.0.113.9", ["::/0"], false],
  ["203.0.113.9", ["::ffff:203.0.113.9"], true],
  ["203.0.113.9:80", ["0.0.0.0/0"], false],
  ["unknown", ["0.0.0.0/0", "::/0"], false],
])("%s among %j: %p", (address, ranges, is) => {
  expect(isAmong(address, ranges)).toBe(is)
})
