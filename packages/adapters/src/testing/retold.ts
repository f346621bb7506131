import { type Json, record } from "../wire/json.ts"
import type { Script } from "./script.ts"
import { scriptedOpenAi } from "./scripted.ts"
import type { SeenRequest, Transcript } from "./simulate.ts"

type Telling = {
  model: string
  stream: boolean
  /** A frame, or the whole document, of OpenAI's in the words of somebody else. */
  tell: (answer: Json) => unknown
  /** How a telling stands in a stream; as a server-sent event when left out. */
  frame?: (telling: unknown) => string
}

/** A script as OpenAI would tell it, in other words. Without the last word `[DONE]`. */
export function retold(seen: SeenRequest, script: Script, telling: Telling): Transcript {
  const { model, stream, tell, frame = asEvent } = telling
  const body = { model, stream, stream_options: { include_usage: true } }
  const told = scriptedOpenAi(script)({ ...seen, path: "/chat/completions", body })
  if (typeof told.body === "string")
    return { ...told, body: JSON.stringify(tell(record(JSON.parse(told.body)))) }
  const pieces = Array.isArray(told.body) ? told.body : []
  const frames = pieces.map((piece) => Buffer.from(piece).toString().slice("data: ".length).trim())
  return {
    ...told,
    body: frames
      .filter((data) => data !== "[DONE]")
      .map((data) => frame(tell(record(JSON.parse(data))))),
  }
}

const asEvent = (telling: unknown) => `data: ${JSON.stringify(telling)}\n\n`
