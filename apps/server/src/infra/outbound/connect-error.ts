/** The words adapters know for a connection that never came about: no request went over it. */
export type ConnectFailure =
  | "CONNECT_TIMEOUT"
  | "PROXY_UNREACHABLE"
  | "PROXY_LOGIN_REFUSED"
  | "PROXY_REFUSED"

/** Says nothing of the address, the proxy, or who we are there. */
export class ConnectError extends Error {
  override readonly name = "ConnectError"
  readonly code: ConnectFailure

  constructor(code: ConnectFailure) {
    super(code)
    this.code = code
  }
}
