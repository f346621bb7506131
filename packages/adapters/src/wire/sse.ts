const lf = 10
const cr = 13

/**
 * Where the last complete frame ends: the offset after its blank line, or 0 when there is none.
 * Lines end with LF, CRLF or CR.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function lastBorder(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at > 0; at -= 1) {
    at = bytes.lastIndexOf(lf, at)
    if (at <= 0) break
    const before = bytes[at - 1] === cr ? at - 2 : at - 1
    if (before >= 0 && (bytes[before] === lf || bytes[before] === cr)) return at + 1
  }
  return lastBareCrBorder(bytes)
}

/** A CR at the very end may be the first half of a CRLF, so it does not count yet. */
function lastBareCrBorder(bytes: Uint8Array) {
  for (let at = bytes.length - 2; at > 0; at -= 1) {
    at = bytes.lastIndexOf(cr, at)
    if (at <= 0) return 0
    if (bytes[at - 1] === cr && bytes[at + 1] !== lf) return at + 1
  }
  return 0
}

/** Where the frame that begins at `from` ends: after its blank line, or at the end of the bytes. */
export function nextBorder(bytes: Uint8Array, from: number): number {
  let blank = false
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte !== lf && byte !== cr) {
      blank = false
      continue
    }
    if (byte === cr && bytes[at + 1] === lf) at += 1
    if (blank) return at + 1
    blank = true
  }
  return bytes.length
}

export type Frame = { event: string; data: string }

/**
 * The frames in a text that ends at a border. Comments, `id` and `retry` are dropped. Some servers
 * put a bare JSON document between frames when they fail: it is read as one.
 */
export function framesOf(text: string): Frame[] {
  const frames: Frame[] = []
  let event = ""
  let data: string | undefined
  let bare = false
  for (const line of linesOf(text)) {
    if (line === "") {
      if (data !== undefined) frames.push({ event, data })
      event = ""
      data = undefined
      bare = false
    } else if (bare) data += ` ${line}`
    else if (line.startsWith("{") && data === undefined) {
      bare = true
      data = line
    } else if (line.startsWith("data:")) {
      const value = fieldValue(line, 5)
      data = data === undefined ? value : `${data}\n${value}`
    } else if (line.startsWith("event:")) event = fieldValue(line, 6)
  }
  if (data !== undefined) frames.push({ event, data })
  return frames
}

const linesOf = (text: string) => {
  const lines = text.includes("\r") ? text.split(/\r\n|\r|\n/) : text.split("\n")
  if (lines[0]?.charCodeAt(0) === byteOrderMark) lines[0] = lines[0].slice(1)
  return lines
}

const byteOrderMark = 0xfeff

const fieldValue = (line: string, at: number) => line.slice(line[at] === " " ? at + 1 : at)
