import type { Answer, Batch, Signs, Upstream, UpstreamError } from "../spec/index.ts"
import { endsInDone, holdsMarker, textOf } from "./bytes.ts"
import { createEventQueue, jsonOf } from "./event-queue.ts"
import { failureOf } from "./failure.ts"
import { createFrameCutter } from "./frame-cutter.ts"
import type { ChatProtocol } from "./protocol.ts"
import type { Source } from "./source.ts"
import { framesOf, nextBorder } from "./sse.ts"
import { brokenError, errorOf } from "./upstream-error.ts"

const noSigns: Signs = Object.freeze({})

/**
 * An event stream as batches. One step per network read: bytes are cut at the last frame border
 * and searched for a few words; only frames that hold one are parsed.
 */
export function streamAnswer(
  protocol: ChatProtocol,
  source: Source,
  upstream: Upstream,
  headers: Answer["headers"],
): Answer {
  const cutter = createFrameCutter()
  const glance = protocol.createGlance()
  const batchOf = createEventQueue(protocol, () => fail(unreadable()))
  /** An UpstreamError, or the caller's reason. */
  let failure: unknown
  let finished = false
  let over = false
  let anything = false

  /** Looks at whole frames. A failure in one of them ends the batch before it. */
  function look(bytes: Uint8Array): Batch | undefined {
    anything = true
    if (endsInDone(bytes)) over = finished = true
    if (!holdsMarker(bytes, protocol.markers)) return batchOf(bytes, noSigns)
    const signs: { -readonly [Key in keyof Signs]: Signs[Key] } = {}
    for (let from = 0, to = 0; from < bytes.length && !failure; from = to) {
      to = nextBorder(bytes, from)
      const frame = bytes.subarray(from, to)
      if (!holdsMarker(frame, protocol.markers)) continue
      lookAt(frame, signs)
      if (failure) bytes = bytes.subarray(0, from)
    }
    return bytes.length > 0 || signs.usage ? batchOf(bytes, signs) : undefined
  }

  function lookAt(frame: Uint8Array, signs: Signs) {
    for (const { event, data } of framesOf(textOf(frame))) {
      const parts = jsonOf(data)
      if (!parts)
        fail(event === "error" ? errorOf(protocol, failureOf(data), upstream) : unreadable())
      for (const part of parts ?? []) {
        const seen = glance(part, event)
        if (seen.usage) signs.usage = seen.usage
        if (seen.failure) return fail(errorOf(protocol, seen.failure, upstream))
        if (seen.finish) signs.finish = seen.finish
        finished ||= seen.finish !== undefined
        if (seen.ended) over = finished = true
      }
    }
  }

  function fail(error: UpstreamError) {
    failure ??= error
  }

  /** What is left when the upstream closed. */
  function end(): Batch | undefined {
    if (over) return undefined
    over = true
    const rest = cutter.rest()
    const data = framesOf(textOf(rest))
    const whole = data.every((frame) => jsonOf(frame.data))
    const batch = rest.length > 0 && whole ? look(rest) : undefined
    if (!finished) fail(brokenError(anything ? brokeOff : nothing))
    return batch
  }

  async function next(): Promise<Batch | undefined> {
    try {
      while (!over && !failure) {
        const bytes = await source.read()
        const frames = bytes ? cutter.take(bytes) : undefined
        const batch = bytes ? frames && look(frames) : end()
        if (batch) return batch
      }
      if (failure) throw failure
    } catch (cause) {
      failure = cause
      source.close()
      throw cause
    }
    source.drain()
    return undefined
  }

  return {
    dialect: protocol.dialect,
    stream: true,
    headers,
    next,
    close() {
      over = true
      source.close()
    },
  }
}

const brokeOff = "The upstream broke off in the middle of its answer."
const nothing = "The upstream answered with nothing."
const unreadable = () => brokenError("The upstream sent a message that cannot be read.")
