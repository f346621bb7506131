import type { Marker } from "./protocol.ts"

const decoder = new TextDecoder()

export const textOf = (bytes: Uint8Array) => decoder.decode(bytes)

export const noBytes = new Uint8Array(0)

/** One piece is handed on without being copied. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = noBytes] = pieces
  return pieces.length <= 1 ? first : Buffer.concat(pieces)
}

/** The buffer's search works on any bytes and compares without decoding. */
const indexOf: (this: Uint8Array, needle: Uint8Array, from?: number) => number =
  Buffer.prototype.indexOf

const space = 32
const colon = 58
const n = 110

/** Whether any of the words is there; a key counts only with a value other than null. */
export function holdsMarker(bytes: Uint8Array, markers: readonly Marker[]): boolean {
  for (const marker of markers) {
    let at = indexOf.call(bytes, marker.bytes)
    while (at >= 0) {
      at += marker.bytes.length
      if (!marker.key || holdsValue(bytes, at)) return true
      at = indexOf.call(bytes, marker.bytes, at)
    }
  }
  return false
}

function holdsValue(bytes: Uint8Array, from: number) {
  let at = from
  while (bytes[at] === space) at += 1
  if (bytes[at] !== colon) return false
  at += 1
  while (bytes[at] === space) at += 1
  return bytes[at] !== n
}

/** The first byte that is not white space, with the byte order mark counted as such. */
export function firstByte(bytes: Uint8Array) {
  return bytes.find((byte) => byte > space && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)
}

const done = Buffer.from("[DONE]")

/** Whether the bytes end in the OpenAI family's last word. */
export function endsInDone(bytes: Uint8Array) {
  let end = bytes.length
  while (end > 0 && bytes[end - 1]! <= space) end -= 1
  if (bytes[end - 1] !== done[5] || end < done.length) return false
  return done.equals(bytes.subarray(end - done.length, end))
}
