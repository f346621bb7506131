import type { TaskRequest, Upstream, Usage } from "../spec/index.ts"
import type { Failure } from "./failure.ts"
import type { Json } from "./json.ts"
import type { ChatProtocol, Glance, WireRequest } from "./protocol.ts"

/** What a provider's folder says about one kind of work that takes one exchange. */
export type TaskProtocol = Pick<ChatProtocol, "judge"> & {
  buildRequest(request: TaskRequest, upstream: Upstream): WireRequest
  /**
   * What a whole JSON answer says. `body` is it in OpenAI's shape, left out when it came in that;
   * bytes where the upstream wraps in JSON what OpenAI sends naked.
   */
  readDocument(document: Json, request: TaskRequest): TaskResult
  /** What a whole answer says that is no JSON; left out, its bytes are handed on as they come. */
  readBytes?(bytes: Uint8Array, request: TaskRequest): TaskResult
  /** How it says that it failed with a 200, where that is not `error`. */
  failureIn?: (document: Json) => Failure | undefined
  /** Looks at the frames of an event stream, for those who send one. */
  createGlance?: () => Glance
}

export type TaskResult = {
  body?: Json | { bytes: Uint8Array; type: string }
  usage?: Usage | undefined
}
