import { expect, test } from "bun:test"
import { networkOf } from "./address.ts"

test("addresses of one household count as one", () => {
  expect(networkOf("::ffff:10.1.2.3")).toBe(networkOf("10.1.2.3"))
  expect(networkOf("2001:db8:1:2::1")).toBe(networkOf("2001:db8:1:2:ffff::9"))
  expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"))
  expect(networkOf("unknown")).toBe("unknown")
})
