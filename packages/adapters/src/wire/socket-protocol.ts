import type { ChatRequest, Upstream, UpstreamErrorKind } from "../spec/index.ts"
import type { ChatProtocol } from "./protocol.ts"

/** What the folder of a provider says that answers over a WebSocket, in messages of JSON. */
export type SocketProtocol = Pick<ChatProtocol, "createGlance" | "createReader" | "judge"> & {
  buildRequest(request: ChatRequest, upstream: Upstream): SocketRequest
  /** What it means when the socket is closed without a word; `bad-response` when left out. */
  closedMutely?: UpstreamErrorKind
}

export type SocketRequest = {
  url: string
  headers: Record<string, string>
  /** What is said when the socket is open: the question. */
  message: string
}
