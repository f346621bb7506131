import { expect, test } from "bun:test"
import { kindOfStatus, retryAfterMs } from "./status.ts"

test.each([
  [302, "bad-response"],
  [400, "invalid-request"],
  [401, "auth"],
  [402, "quota"],
  [403, "auth"],
  [404, "model-missing"],
  [408, "timeout"],
  [413, "invalid-request"],
  [422, "invalid-request"],
  [429, "rate-limit"],
  [500, "overloaded"],
  [504, "timeout"],
  [529, "overloaded"],
] as const)("%i means %s", (status, kind) => {
  expect(kindOfStatus(status)).toBe(kind)
})

const now = Date.parse("2026-01-01T00:00:00Z")

test.each([
  [{ "retry-after": "7" }, 7_000],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }, 30_000],
  [{ "retry-after-ms": "250", "retry-after": "7" }, 250],
  [{ "retry-after-ms": "0", "retry-after": "1" }, 1_000],
  [{ "retry-after": "99999999" }, 24 * 3_600_000],
  [{ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, undefined],
  [{ "retry-after": "soon" }, undefined],
  [{}, undefined],
])("%j asks for %p", (headers, ms) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(ms)
})
