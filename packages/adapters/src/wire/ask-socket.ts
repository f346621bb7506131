import type { Answer, Batch, ChatRequest, Upstream } from "../spec/index.ts"
import { noBytes } from "./bytes.ts"
import { jsonOf } from "./event-queue.ts"
import type { Json } from "./json.ts"
import { primed } from "./primed.ts"
import type { SocketProtocol } from "./socket-protocol.ts"
import { openSource, type SocketSource } from "./socket-source.ts"
import { brokenError, errorOf } from "./upstream-error.ts"
import { createWatch } from "./watch.ts"

/**
 * Asks an upstream that answers over a WebSocket, one question to a socket: the sibling of
 * `askChat`. A batch is what arrived between two reads; its bytes are nobody's dialect.
 *
 * @throws UpstreamError, or the signal's reason when the caller gave up
 */
export async function askSocket(
  protocol: SocketProtocol,
  request: ChatRequest,
  upstream: Upstream,
): Promise<Answer> {
  const question = protocol.buildRequest(request, upstream)
  const watch = createWatch(upstream)
  const source = openSource(protocol, question, upstream, watch)
  return primed(socketAnswer(protocol, source, upstream))
}

function socketAnswer(protocol: SocketProtocol, source: SocketSource, upstream: Upstream): Answer {
  const glance = protocol.createGlance()
  const reader = protocol.createReader()
  let failure: unknown
  let anything = false
  let finished = false
  let over = false

  function read(messages: readonly string[]): Batch | undefined {
    const events: Batch["events"][number][] = []
    const signs: { -readonly [Key in keyof Batch["signs"]]: Batch["signs"][Key] } = {}
    for (const frame of framesOf(messages)) {
      anything = true
      const seen = glance(frame, "")
      if (seen.usage) signs.usage = seen.usage
      if (seen.failure) {
        failure = errorOf(protocol, seen.failure, upstream)
        break
      }
      reader(frame, events)
      if (seen.finish) signs.finish = seen.finish
      finished ||= seen.finish !== undefined
      over ||= seen.ended === true
    }
    return events.length > 0 || signs.usage ? { bytes: noBytes, events, signs } : undefined
  }

  /** Up to the first message that cannot be read. */
  function* framesOf(messages: readonly string[]): Generator<Json> {
    for (const message of messages) {
      const frames = jsonOf(message)
      if (!frames) failure = brokenError("The upstream sent a message that cannot be read.")
      if (!frames) return
      yield* frames
    }
  }

  async function next(): Promise<Batch | undefined> {
    try {
      while (!over && !failure) {
        const messages = await source.read()
        if (!messages) over = true
        const batch = messages && read(messages)
        if (batch) return batch
      }
      if (failure) throw failure
      if (!finished)
        throw anything ? brokenError(brokeOff) : brokenError(nothing, protocol.closedMutely)
    } catch (cause) {
      failure = cause
      source.close()
      throw cause
    }
    source.close()
    return undefined
  }

  return {
    dialect: undefined,
    stream: true,
    headers: {},
    next,
    close() {
      over = finished = true
      source.close()
    },
  }
}

const brokeOff = "The upstream broke off in the middle of its answer."
const nothing = "The upstream answered with nothing."
