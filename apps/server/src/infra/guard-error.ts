export type GuardReason =
  | "address" // not a usable http or https address
  | "private" // leads into a network that is not public
  | "redirects" // too many, or without a target
  | "size"
  | "time"
  | "network"
  | "encoding"

/** The message never repeats more of the address than its host. */
export class GuardError extends Error {
  override readonly name = "GuardError"
  readonly reason: GuardReason

  constructor(reason: GuardReason, message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}
