import type { Framing } from "./protocol.ts"
import type { Source } from "./source.ts"

const encoder = new TextEncoder()

/** The same stream as server-sent events, which is what everything behind reads. */
export function reframed(source: Source, { begin }: Framing): Source {
  const frames = begin()
  let putBack: Uint8Array | undefined
  let ended = false

  return {
    ...source,
    async read() {
      if (putBack) {
        const bytes = putBack
        putBack = undefined
        return bytes
      }
      if (ended) return undefined
      const bytes = await source.read()
      ended = !bytes
      const text = bytes ? frames.take(bytes) : frames.rest()
      return ended && text === "" ? undefined : encoder.encode(text)
    },
    unread(bytes) {
      putBack = bytes
    },
  }
}

/** JSON text has line breaks only between its tokens, where they mean nothing. */
export const asEvent = (json: string, event?: string) =>
  `${event ? `event: ${event}\n` : ""}data: ${json.replace(/\s*[\r\n]+\s*/g, " ")}\n\n`
