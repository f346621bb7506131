/**
 * What went wrong upstream, in the words the router decides by:
 * - `invalid-request`, `content-filter`: the caller's; nobody else would answer differently
 * - `model-missing`: this channel does not have the model; another may
 * - `auth`, `quota`: this key's, until somebody acts
 * - `rate-limit`: this key's, for now
 * - `overloaded`, `timeout`, `network`, `bad-response`: this channel's, for now
 */
export type UpstreamErrorKind =
  | "invalid-request"
  | "content-filter"
  | "model-missing"
  | "auth"
  | "quota"
  | "rate-limit"
  | "overloaded"
  | "timeout"
  | "network"
  | "bad-response"

export type UpstreamErrorDetails = {
  /** HTTP status, when there was one. */
  status?: number
  /** How long the upstream asks to be left alone. */
  retryAfterMs?: number
  /** The upstream's own machine-readable words, which clients act on. */
  code?: string
  param?: string
  type?: string
  /** The request certainly never arrived: there was no connection to send it over. */
  unsent?: boolean
  cause?: unknown
}

/** `message` is fit for the caller: key, address and host are already hidden in it. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError"
  readonly kind: UpstreamErrorKind
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined
  readonly code: string | undefined
  readonly param: string | undefined
  readonly type: string | undefined
  readonly unsent: boolean

  constructor(kind: UpstreamErrorKind, message: string, details: UpstreamErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.kind = kind
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
    this.code = details.code
    this.param = details.param
    this.type = details.type
    this.unsent = details.unsent ?? false
  }
}
