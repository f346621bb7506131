import type { Answer } from "./answer.ts"
import type { Upstream } from "./provider.ts"

/** Work other than chat. */
export type TaskKind =
  | "embeddings"
  | "image-generation"
  | "image-edit"
  | "image-variation"
  | "speech"
  | "transcription"
  | "translation"
  | "moderation"
  | "rerank"

/** What is wanted, in OpenAI's shape; a rerank in the one Cohere and Jina share. */
export type TaskRequest = {
  kind: TaskKind
  /** The upstream's own name of the model: mapping has already happened. */
  model: string
  body: TaskBody
}

/** The caller's own. Read, never written: another attempt may need it again. */
export type TaskBody =
  | { type: "json"; text: string; fields: Readonly<Record<string, unknown>> }
  | { type: "form"; form: FormData }

/**
 * Does the work. The answer is in OpenAI's shape: batches without events, of the type its header
 * `content-type` names. `stream` tells an event stream from everything else; audio may come in any
 * number of batches. Vectors may be lists of numbers even where base64 was asked for, pictures
 * addresses or base64: the edge turns one into the other.
 *
 * @throws UpstreamError, or the signal's reason when the caller gave up
 */
export type Task = (request: TaskRequest, upstream: Upstream) => Promise<Answer>

export type Tasks = Partial<Record<TaskKind, Task>>
