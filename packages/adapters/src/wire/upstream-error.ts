import { type Upstream, UpstreamError, type UpstreamErrorKind } from "../spec/index.ts"
import { conceal } from "./conceal.ts"
import type { Failure } from "./failure.ts"
import type { ChatProtocol } from "./protocol.ts"
import { kindOfStatus } from "./status.ts"

type Http = { status?: number; retryAfterMs?: number }

/** The error of a failure the upstream spoke of, fit for the caller. */
export function errorOf(
  { judge }: Pick<ChatProtocol, "judge">,
  failure: Failure,
  upstream: Upstream,
  http: Http = {},
): UpstreamError {
  const verdict = judge(failure)
  const status = http.status ?? failure.status
  const retryAfterMs = http.retryAfterMs ?? verdict.retryAfterMs
  const hidden = (text: string) => conceal(text, upstream)
  return new UpstreamError(verdict.kind ?? kindOfStatus(status), hidden(failure.message), {
    ...(http.status !== undefined && { status: http.status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(failure.code && { code: hidden(failure.code) }),
    ...(failure.type && { type: hidden(failure.type) }),
    ...(failure.param && { param: hidden(failure.param) }),
  })
}

/** What went wrong on the way. The system's word for it helps; its sentence may name the address. */
export function networkError(cause: unknown, what = "The upstream could not be reached") {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : ""
  const unsent = unconnected.has(code)
  return new UpstreamError("network", `${what}${code && ` (${code})`}.`, { unsent })
}

/** The words of a system that could not even connect. */
const unconnected: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ConnectionRefused",
  "FailedToOpenSocket",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CONNECT_TIMEOUT",
  "PROXY_UNREACHABLE",
  "PROXY_LOGIN_REFUSED",
  "PROXY_REFUSED",
])

export const brokenError = (message: string, kind: UpstreamErrorKind = "bad-response") =>
  new UpstreamError(kind, message)
