import type { TaskRequest, Usage } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import { count, defined, isRecord, type Json, record, records } from "../wire/json.ts"
import type { Glance } from "../wire/protocol.ts"

/**
 * Tokens and pictures of a whole answer. Embeddings count what went in as `prompt_tokens`, images
 * and audio as `input_tokens`, rerankers only a total. What is heard may be told in seconds instead,
 * or beside.
 */
export function usageOfTask(document: Json, { kind }: Pick<TaskRequest, "kind">) {
  const made = kind.startsWith("image-") ? records(document.data).length : 0
  return withMedia(withImages(tokensIn(document.usage), made), secondsIn(document))
}

function tokensIn(wire: unknown): Usage | undefined {
  if (!isRecord(wire)) return undefined
  const input = count(wire.prompt_tokens) ?? count(wire.input_tokens)
  const output = count(wire.completion_tokens) ?? count(wire.output_tokens) ?? 0
  const total = count(wire.total_tokens)
  if (input === undefined && total === undefined) return undefined
  const details = record(wire.input_token_details ?? wire.input_tokens_details)
  return defined({
    input: input ?? Math.max(0, (total ?? 0) - output),
    output,
    cachedInput: count(details.cached_tokens),
    audioInput: count(details.audio_tokens),
  })
}

/**
 * Of `usage` where it is told as a duration (Mistral: `prompt_audio_seconds`), else of the verbose
 * form's `duration`.
 */
function secondsIn({ usage, duration }: Json): number {
  const told = record(usage)
  const seconds = Number(told.seconds ?? told.prompt_audio_seconds ?? duration)
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0
}

const withMedia = (usage: Usage | undefined, seconds: number) =>
  seconds > 0 ? { input: 0, output: 0, ...usage, mediaMs: Math.ceil(seconds * 1_000) } : usage

/** Pictures count where no tokens are told. */
const withImages = (usage: Usage | undefined, images: number) =>
  images > 0 ? { input: 0, output: 0, ...usage, images } : usage

/**
 * `image_generation.completed`, `image_edit.completed`, `transcript.text.done`, `speech.audio.done`:
 * each ends what it is about and counts it.
 */
export function createTaskGlance(): Glance {
  let images = 0

  return (frame, event) => {
    const type = String(frame.type ?? event)
    if (frame.error || type === "error") return { failure: failureOf(frame) }
    const pictured = /^image_\w+\.completed$/.test(type)
    if (!pictured && !type.endsWith(".done")) return {}
    if (pictured) images += 1
    const usage = withMedia(withImages(tokensIn(frame.usage), images), secondsIn(frame))
    return { finish: "stop", ...(usage && { usage }) }
  }
}
