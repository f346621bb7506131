import type { CallerDialect, StreamWriter } from "../dialect.ts"
import { asBuffer, dataIn, retouchFrames, withKnownText } from "../retouch.ts"
import { createContentStream } from "./content-stream.ts"
import { refusal, wireError } from "./errors.ts"
import { eventFrames, type Frames, listFrames } from "./frames.ts"
import type { GeminiRequest } from "./read-request.ts"
import { createContent } from "./whole-content.ts"

/** @see https://ai.google.dev/api/generate-content */
export const geminiContent: CallerDialect<GeminiRequest> = {
  id: "gemini",
  streamType: ({ sse }) =>
    sse ? "text/event-stream; charset=utf-8" : "application/json; charset=utf-8",
  // Google's clients take a comment for JSON. Empty lines mean nothing in events and in lists.
  ping: new TextEncoder().encode("\n\n"),
  refusal,
  tell: (asked, head) => createContentStream(head, framesOf(asked)),
  passOn: (asked, renameTo) =>
    asked.sse ? passEvents(renameTo) : passList(listFrames(), renameTo),
  whole: (_, head) => createContent(head),
  rename: (bytes, model) => Buffer.from(renamed(asBuffer(bytes).toString(), model)),
}

const framesOf = ({ sse }: GeminiRequest) => (sse ? eventFrames() : listFrames())

const renamed = (json: string, model: string | undefined) =>
  model === undefined ? json : withKnownText(json, "modelVersion", model)

/** The upstream's bytes as they are. */
const passEvents = (renameTo: string | undefined): StreamWriter => ({
  write: ({ bytes }) =>
    renameTo === undefined ? bytes : retouchFrames(bytes, (json) => renamed(json, renameTo)),
  end: () => "",
  fail: failing(eventFrames()),
})

/** Upstreams are always asked for events: for a list, only what is around the documents changes. */
const passList = (frames: Frames, renameTo: string | undefined): StreamWriter => ({
  write: ({ bytes }) =>
    dataIn(bytes)
      .map((json) => frames.next(renamed(json, renameTo)))
      .join(""),
  end: () => frames.end(),
  fail: failing(frames),
})

const failing =
  (frames: Frames): StreamWriter["fail"] =>
  (error) =>
    frames.next(JSON.stringify(wireError(error))) + frames.end()
