import type { UpstreamErrorKind } from "../spec/index.ts"

const kinds: Record<number, UpstreamErrorKind> = {
  401: "auth",
  402: "quota",
  403: "auth",
  404: "model-missing",
  408: "timeout",
  409: "overloaded",
  425: "overloaded",
  429: "rate-limit",
  498: "rate-limit",
  504: "timeout",
  524: "timeout",
}

/** What an HTTP status means when the body says nothing better. */
export function kindOfStatus(status: number | undefined): UpstreamErrorKind {
  if (status === undefined || status < 400) return "bad-response"
  return kinds[status] ?? (status < 500 ? "invalid-request" : "overloaded")
}

/** Longer than this is not a wish to be left alone but a mistake. */
const retryAfterMsMax = 24 * 3_600_000

/**
 * How long the upstream asks to be left alone. `retry-after` is seconds or a date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const precise = Number(headers.get("retry-after-ms") ?? headers.get("x-ms-retry-after-ms"))
  if (precise > 0) return Math.min(precise, retryAfterMsMax)
  const value = headers.get("retry-after")
  if (!value) return undefined
  const ms = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now
  return ms >= 0 ? Math.min(ms, retryAfterMsMax) : undefined
}
