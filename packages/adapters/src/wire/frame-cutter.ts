import { joinBytes, noBytes } from "./bytes.ts"
import { lastBorder } from "./sse.ts"
import { brokenError } from "./upstream-error.ts"

/** A frame may hold an image. More than this between two blank lines is a mistake. */
const frameBytesMax = 16_000_000

/** The longest border is CR LF CR LF: with three bytes of what came before, none is missed. */
const tailBytes = 3

const lf = 10

/** Holds back what is not yet a whole frame. Each byte is searched once, however it is cut. */
export function createFrameCutter() {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let tail: Uint8Array = noBytes

  function hold(bytes: Uint8Array) {
    held = bytes.length > 0 ? [bytes] : []
    heldBytes = bytes.length
    tail = bytes.subarray(-tailBytes)
  }

  return {
    /**
     * @returns everything up to the last border, or undefined when there is none
     * @throws UpstreamError when a frame grows too large
     */
    take(bytes: Uint8Array): Uint8Array | undefined {
      if (heldBytes === 0 && bytes.at(-1) === lf && bytes.at(-2) === lf) return bytes
      const probe = joinBytes(tail.length > 0 ? [tail, bytes] : [bytes])
      const border = lastBorder(probe) - tail.length
      if (border + tail.length > 0) {
        const frames = joinBytes([...held, bytes.subarray(0, border)])
        hold(bytes.subarray(border))
        return frames
      }
      held.push(bytes)
      heldBytes += bytes.length
      tail = probe.subarray(-tailBytes)
      if (heldBytes > frameBytesMax)
        throw brokenError("The upstream sent a message that is too large.")
      return undefined
    },
    rest: () => joinBytes(held),
  }
}
