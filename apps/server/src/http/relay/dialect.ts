import type { Batch, ChatEvent, ChatRequest, Dialect, Usage } from "@nio/adapters"
import type { Deps } from "../../core/deps.ts"
import type { AppError } from "../../core/error.ts"
import type { Ask, Generation } from "../../core/generation/generation.ts"

/** What a reader found in a request: the request in nobody's dialect, and what the answer needs to know. */
export type Asked = {
  request: ChatRequest
  /** Begins the answer, where it is not one generation and nothing else. */
  begin?: (deps: Deps, ask: Ask) => Promise<Generation>
  /** What the upstream's dialect has no words for, and was left out because the answer can do without. */
  dropped?: () => readonly string[]
}

/** Who the answer is from. */
export type AnswerHead = {
  /** Fit for any dialect's prefix. */
  id: string
  /** The name the caller knows the model by. */
  model: string
  /** When the answer began, in seconds. */
  created: number
}

/** Turns batches into the frames of a stream, synchronously. */
export type StreamWriter = {
  /** Empty when there is nothing to show yet. */
  write(batch: Batch): string | Uint8Array
  /** The last frames of an honest end. `count` tells a usage the upstream did not send; it may take a while. */
  end(count: () => Promise<Usage>): string | Promise<string>
  /** The last frames of a stream that broke, in the words every client throws on. */
  fail(error: AppError): string | Promise<string>
}

/** Collects events into one whole answer. */
export type WholeWriter = {
  add(events: readonly ChatEvent[]): void
  /** The document. `counted` stands in for a usage the upstream did not send. */
  body(counted: Usage): object | Promise<object>
}

/** The shape in which a dialect refuses: before anything was said there is still a status. */
export type Refusing = {
  refusal(error: AppError, requestId: string): { status: number; body: object }
}

/** A wire format callers may speak. Knows nothing of IO: `answerBody` reads, waits and ends for it. */
export type CallerDialect<Request extends Asked> = Refusing & {
  /** Upstreams that speak it give a caller of it their bytes as they are. */
  id: Dialect
  streamType: string | ((asked: Request) => string)
  /** What breaks a long silence and is passed over by every client. */
  ping: Uint8Array
  /** A stream told from events. */
  tell(asked: Request, head: AnswerHead): StreamWriter
  /** A stream of the upstream's own bytes. `renameTo`: it calls the model otherwise than the caller does. */
  passOn(asked: Request, renameTo: string | undefined): StreamWriter
  whole(asked: Request, head: AnswerHead): WholeWriter
  /** A whole answer of the upstream's under the name the caller knows, every other byte as it was. */
  rename(bytes: Uint8Array, model: string): Uint8Array
}
