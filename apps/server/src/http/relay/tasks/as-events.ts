import type { TaskKind, TaskRequest } from "@nio/adapters"

/** Whether the caller asked for pieces, which not every upstream can give. */
export function wantsEvents({ kind, body }: TaskRequest): boolean {
  const asked =
    body.type === "json" ? body.fields.stream === true : body.form.get("stream") === "true"
  return asked && kind in lastEvents
}

/**
 * A whole answer as the last events of a stream, for a caller who can read nothing else.
 * @see https://platform.openai.com/docs/api-reference/images-streaming
 */
export function asEvents(bytes: Uint8Array, kind: TaskKind): Uint8Array {
  const document = JSON.parse(Buffer.from(bytes).toString())
  const events = lastEvents[kind]?.(document) ?? []
  const frames = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  return Buffer.from(frames.join(""))
}

type Fields = Record<string, unknown>
type Event = { type: string } & Fields

const lastEvents: Partial<Record<TaskKind, (document: Fields) => Event[]>> = {
  "image-generation": pictures("image_generation.completed"),
  "image-edit": pictures("image_edit.completed"),
  transcription: ({ text, usage }) => [{ type: "transcript.text.done", text, usage }],
}

function pictures(type: string) {
  return ({ data, usage, created, ...rest }: Fields): Event[] =>
    (Array.isArray(data) ? data : []).map((picture: object) => ({
      type,
      created_at: created,
      ...rest,
      ...picture,
      usage,
    }))
}
