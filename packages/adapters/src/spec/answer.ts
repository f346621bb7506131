import type { ChatEvent, Dialect, FinishReason, Usage } from "./chat.ts"

/**
 * What one read from the upstream brought: travels through the core as a whole, so that nothing
 * is awaited per event. Cut at frame borders, never inside one.
 */
export type Batch = {
  /** The upstream's bytes, untouched, in `Answer.dialect`. Empty when the upstream's framing is not forwardable. */
  readonly bytes: Uint8Array
  /** The events in `bytes`. Read on first use and kept; cheap to ignore. */
  readonly events: readonly ChatEvent[]
  /** What can be told without reading every event. */
  readonly signs: Signs
}

/** Signs accumulate: the last batch's `usage`, when it has one, is the answer's. */
export type Signs = {
  usage?: Usage
  /** Set in the batch in which an answer (any choice) finished. */
  finish?: FinishReason
}

export type Answer = {
  /** Undefined when `bytes` are nobody's dialect, or there are none: then the events tell everything. */
  dialect: Dialect | undefined
  /** Whether `bytes` is an event stream (else one JSON document in a single batch). */
  stream: boolean
  /** Response headers worth passing on, lower-case names; already stripped of what would name the upstream. */
  headers: Readonly<Record<string, string>>
  /** What the upstream calls this work, when later requests may go on from it. */
  work?: string
  /**
   * The next batch; undefined once, at an honest end.
   * @throws UpstreamError when the upstream reports a failure, breaks off, or falls silent; the signal's reason when aborted.
   */
  next(): Promise<Batch | undefined>
  /** Lets go of the upstream. Idempotent; harmless after the end. */
  close(): void
}
