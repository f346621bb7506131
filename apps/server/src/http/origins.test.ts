import { expect, test } from "bun:test"
import { type AllowedOrigin, originAllowed, parseOrigins } from "./origins.ts"

const list = (text: string) => parseOrigins(text) as AllowedOrigin[]

test("commas and blanks separate, schemes and slashes do not matter", () => {
  expect(parseOrigins("chatnio.net,www.chatnio.app  https://x.org/\nhttp://y.org:81")).toEqual([
    { host: "chatnio.net" },
    { host: "chatnio.app" },
    { host: "x.org" },
    { host: "y.org", port: 81 },
  ])
})

test("what is not a host is told apart", () => {
  for (const entry of ["a/b", "http://", "a:b", "a@b", "*", "x:99999", "a\\b"])
    expect(parseOrigins(entry)).toEqual([undefined])
})

test("whole hosts are compared, never a part of one", () => {
  const allowed = list("chatnio.net https://app.test:8443")
  for (const origin of [
    "https://chatnio.net",
    "http://chatnio.net:3000",
    "https://www.chatnio.net",
    "https://CHATNIO.net",
    "https://app.test:8443",
  ])
    expect(originAllowed(allowed, origin)).toBe(true)
  for (const origin of [
    "https://chatnio.net.evil.com",
    "https://evilchatnio.net",
    "https://net",
    "https://app.test",
    "https://app.test:444",
    "null",
    "",
    "file://",
    "http://localhost:3000",
  ])
    expect(originAllowed(allowed, origin)).toBe(false)
})

test("a port that the scheme implies counts", () => {
  expect(originAllowed(list("x.org:443"), "https://x.org")).toBe(true)
  expect(originAllowed(list("x.org:443"), "http://x.org")).toBe(false)
})

test("localhost is allowed when it is named, on any port", () => {
  expect(originAllowed(list("x.org localhost"), "http://localhost:5173")).toBe(true)
})

test("an empty list allows everyone", () => {
  expect(originAllowed([], "https://anything.test")).toBe(true)
})
