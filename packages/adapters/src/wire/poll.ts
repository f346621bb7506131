import {
  type Answer,
  type Batch,
  type ChatEvent,
  type FinishReason,
  type Notice,
  type Upstream,
  UpstreamError,
} from "../spec/index.ts"
import { noBytes } from "./bytes.ts"
import type { Failure } from "./failure.ts"
import { getJson } from "./get-json.ts"
import { type Json, record } from "./json.ts"
import type { ChatProtocol, WireRequest } from "./protocol.ts"
import { errorOf } from "./upstream-error.ts"

/** Work that goes on at an upstream while we ask how it stands. */
export type PolledWork = Pick<ChatProtocol, "judge"> & {
  /** Asks how it stands. */
  look: Omit<WireRequest, "body">
  /** What is new in a report. */
  read(report: Json): Report
}
export type Report = { events: ChatEvent[]; ended?: boolean; failure?: Failure }

/** The first look is at once; each pause is longer than the one before, up to a limit. */
const pauseMs = { first: 500, step: 500, most: 3_000 }
/** Looks in a row that may fail before the work is given up: it goes on without being looked at. */
const missesMax = 3

/**
 * An answer that is fetched by asking again and again. A notice makes us ask at once; when none
 * comes, or it gets lost, the next look finds the same. The caller's channel limits how long it may
 * take in all.
 */
export function pollAnswer(work: PolledWork, upstream: Upstream, notice?: Notice): Answer {
  const own = new AbortController()
  const signal = AbortSignal.any([upstream.signal, own.signal])
  const until = performance.now() + upstream.timeouts.totalMs
  let waitMs = 0
  let misses = 0
  let over = false

  function end() {
    over = true
    notice?.close()
  }

  /** @returns undefined for a look that failed and may be repeated */
  async function look(): Promise<Report | undefined> {
    try {
      const report = work.read(record(await getJson(work, work.look, { ...upstream, signal })))
      misses = 0
      return report
    } catch (error) {
      if (signal.aborted || !isPassing(error) || ++misses >= missesMax) throw error
      return undefined
    }
  }

  async function pause() {
    if (waitMs > 0) await Promise.race([sleep(waitMs, signal), notice?.heard() ?? never])
    signal.throwIfAborted()
    if (performance.now() > until)
      throw new UpstreamError("timeout", "The upstream took too long to finish its work.")
    waitMs = Math.min(waitMs === 0 ? pauseMs.first : waitMs + pauseMs.step, pauseMs.most)
  }

  async function next(): Promise<Batch | undefined> {
    while (!over) {
      await pause()
      const report = await look()
      if (report?.failure) throw errorOf(work, report.failure, upstream)
      if (report?.ended) end()
      if (report && report.events.length > 0) return batchOf(report.events)
    }
    return undefined
  }

  return {
    dialect: undefined,
    stream: true,
    headers: {},
    async next() {
      try {
        return await next()
      } catch (error) {
        const closed = over
        end()
        if (closed) return undefined
        throw error
      }
    },
    close() {
      end()
      own.abort()
    },
  }
}

/** Another look may succeed. */
const isPassing = (error: unknown) =>
  error instanceof UpstreamError && !["auth", "quota", "invalid-request"].includes(error.kind)

function batchOf(events: readonly ChatEvent[]): Batch {
  const finish = events.find((event) => event.type === "finish")?.reason
  const signs: { finish?: FinishReason } = finish ? { finish } : {}
  return { bytes: noBytes, events, signs }
}

const never = new Promise<never>(() => {})

/** Ends early, without an error, when it is no longer waited for. */
const sleep = (ms: number, signal: AbortSignal) =>
  new Promise<void>((done) => {
    if (signal.aborted) return done()
    const timer = setTimeout(finish, ms)
    signal.addEventListener("abort", finish)
    function finish() {
      clearTimeout(timer)
      signal.removeEventListener("abort", finish)
      done()
    }
  })
