import type { Native } from "../spec/index.ts"
import { record } from "../wire/json.ts"
import { membersOf, splice } from "../wire/splice.ts"

type Wanted = {
  model: string
  stream: boolean
  /** Whether the upstream knows `stream_options`. */
  streamOptions: boolean
  /** Fields the upstream refuses. */
  omit: readonly string[]
  /** Fields put over the caller's; undefined takes one away. */
  edits: Readonly<Record<string, unknown>>
}

/**
 * The caller's own text with only what must change spliced in: the model's name, and for streams
 * the wish to be told the usage.
 */
export function passedOn({ text, body }: Native, wanted: Wanted): string {
  if (isFitAsItIs(text, body, wanted)) return text
  const edits = new Map<string, string | undefined>([["model", JSON.stringify(wanted.model)]])
  if ((body.stream === true) !== wanted.stream) edits.set("stream", String(wanted.stream))
  for (const field of wanted.omit) edits.set(field, undefined)
  for (const [field, value] of Object.entries(wanted.edits)) edits.set(field, JSON.stringify(value))
  if (!wanted.streamOptions) edits.set("stream_options", undefined)
  else if (wanted.stream && record(body.stream_options).include_usage !== true)
    edits.set("stream_options", withUsage(text))
  return splice(text, edits)
}

/** The common whole answer, told without a look at every member. `model` twice is not fit: readers differ. */
function isFitAsItIs(text: string, body: Native["body"], wanted: Wanted): boolean {
  const { model, stream, streamOptions, omit, edits } = wanted
  return (
    !stream &&
    Object.keys(edits).length === 0 &&
    body.model === model &&
    body.stream !== true &&
    (streamOptions || body.stream_options === undefined) &&
    omit.every((field) => body[field] === undefined) &&
    // An escape could spell a second one.
    !text.includes("\\u00") &&
    text.indexOf('"model"') === text.lastIndexOf('"model"')
  )
}

function withUsage(text: string) {
  const options = membersOf(text).findLast(({ key }) => key === "stream_options")
  const value = options ? text.slice(options.valueStart, options.valueEnd) : ""
  const usage = new Map([["include_usage", "true"]])
  return splice(value.startsWith("{") ? value : "{}", usage)
}
