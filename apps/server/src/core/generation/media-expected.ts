import type { Usage } from "@nio/adapters"
import { isTask, requestsExpected, type Work } from "./work.ts"

/** Bytes of text that are a second of speech: a dozen letters, or four Chinese characters. */
const bytesPerSpokenSecond = 12
/** Bytes of a file that are a second of sound: 32 kbit/s, speech that is packed well. */
const bytesPerHeardSecond = 4_000

/** Pictures and seconds that an answer is expected to have, to set points aside by where they have a price. */
export function mediaExpected(request: Work): Required<Pick<Usage, "images" | "mediaMs">> {
  if (!isTask(request)) return { images: 1, mediaMs: 0 }
  if (request.kind.startsWith("image-")) return { images: requestsExpected(request), mediaMs: 0 }
  return { images: 0, mediaMs: Math.ceil(secondsExpected(request.body) * 1_000) }
}

function secondsExpected(body: Extract<Work, { kind: unknown }>["body"]): number {
  if (body.type === "json")
    return Buffer.byteLength(String(body.fields.input ?? "")) / bytesPerSpokenSecond
  const file = body.form.get("file")
  return file instanceof Blob ? file.size / bytesPerHeardSecond : 0
}
