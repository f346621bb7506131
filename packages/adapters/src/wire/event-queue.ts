import type { Batch, ChatEvent, Signs } from "../spec/index.ts"
import { textOf } from "./bytes.ts"
import { isRecord, type Json, parseJson } from "./json.ts"
import type { ChatProtocol } from "./protocol.ts"
import { framesOf } from "./sse.ts"

/** Bytes nobody has read events from are kept up to here; then they are read, so that they may go. */
const pendingBytesMax = 1_000_000

/**
 * Makes batches whose events are read on first use. A reader needs its frames in order, so
 * whoever asks a batch for its events has those of all earlier batches read first. Asking never
 * throws: `onUnreadable` hears of a frame that is no JSON.
 */
export function createEventQueue({ createReader }: ChatProtocol, onUnreadable: () => void) {
  const reader = createReader()
  const pending: LazyBatch[] = []
  let pendingBytes = 0

  function readThrough(last: LazyBatch) {
    while (!last.read) {
      const next = pending.shift() ?? last
      pendingBytes -= next.bytes.length
      next.read = readEvents(next.bytes)
    }
  }

  function readEvents(bytes: Uint8Array) {
    const events: ChatEvent[] = []
    for (const { event, data } of framesOf(textOf(bytes))) {
      const frames = jsonOf(data)
      if (!frames) onUnreadable()
      for (const frame of frames ?? []) reader(frame, events, event)
    }
    return events
  }

  class LazyBatch implements Batch {
    read: readonly ChatEvent[] | undefined
    readonly bytes: Uint8Array
    readonly signs: Signs

    constructor(bytes: Uint8Array, signs: Signs) {
      this.bytes = bytes
      this.signs = signs
    }

    get events() {
      if (!this.read) readThrough(this)
      return this.read ?? []
    }
  }

  return (bytes: Uint8Array, signs: Signs): Batch => {
    const batch = new LazyBatch(bytes, signs)
    pending.push(batch)
    pendingBytes += bytes.length
    if (pendingBytes > pendingBytesMax) readThrough(batch)
    return batch
  }
}

/**
 * What a frame's data says; nothing for the last word `[DONE]`, undefined when it cannot be read.
 * Some servers leave out the blank line between frames: then every line is one.
 */
export function jsonOf(data: string): Json[] | undefined {
  if (data === "" || data === "[DONE]" || data === '"[DONE]"') return []
  const whole = parseJson(data)
  if (isRecord(whole)) return [whole]
  if (Array.isArray(whole)) return whole.filter(isRecord)
  if (!data.includes("\n")) return undefined
  const lines = data.split("\n").map(jsonOf)
  return lines.every((line) => line !== undefined) ? lines.flat() : undefined
}
