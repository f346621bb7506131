import { describe, expect, test } from "bun:test"
import { isPublicAddress } from "./public-address.ts"

describe("which addresses are public", () => {
  const privates = `127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.255
    192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1::
    2001::1 2001:db8::1 fc00::1 fd00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 localhost nonsense`
  test.each(privates.split(/\s+/))("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
  test.each(["8.8.8.8", "1.1.1.1", "223.5.5.5", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "%s is",
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
})
