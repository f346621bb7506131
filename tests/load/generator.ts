import { AnswerReader } from "./answer-reader.ts"
import {
  framesPerStream,
  type Kind,
  modelOf,
  pathOf,
  requestBody,
  textChunks,
  type Words,
} from "./traffic.ts"

/**
 * The load generator, a process of its own. Takes one case as JSON on the command line, keeps
 * `connections` requests under way for `ms`, and prints what it saw as JSON.
 */
export type Load = {
  port: number
  key: string
  kind: Kind
  connections: number
  /** Milliseconds between the chunks of a stream; 0 as fast as they can. */
  paceMs: number
  /** Chat completions when left out. */
  words?: Words
  /** The one of this pace when left out. */
  model?: string
  /** From one question of a connection to its next; at once after the answer when left out. */
  everyMs?: number
  /** Whether the answer is told in other words than the upstream's: then frames are not to be counted. */
  translated?: boolean
  warmUpMs: number
  ms: number
}

export type Seen = {
  perSecond: number
  p50Ms: number
  p75Ms: number
  p99Ms: number
  /** To the first byte of the body. */
  first50Ms: number
  first99Ms: number
  meanMs: number
  lostFrames: number
  /** Answers that were not 200, and connections that broke. */
  failures: number
}

/** How long streams may take to end after the time is up. */
const drainMsMax = 60_000

export async function generate(load: Load): Promise<Seen> {
  const from = performance.now() + load.warmUpMs
  const until = from + load.ms
  const seen = { totals: [] as number[], firsts: [] as number[], lostFrames: 0, failures: 0 }
  let late = 0

  const all = Promise.all(
    Array.from({ length: load.connections }, async (_, index) => {
      // A stream's length apart in all, so that not all of them begin and end in one moment.
      await Bun.sleep((index / load.connections) * load.paceMs * framesPerStream)
      await askUntil(load, until, ({ askedAt, firstAt, endedAt, failed, lostFrames }) => {
        seen.lostFrames += lostFrames
        if (failed) seen.failures++
        if (askedAt < from) return
        seen.firsts.push(firstAt - askedAt)
        // Those that end after the time was up count for how long they took, not for how many.
        seen.totals.push(endedAt - askedAt)
        if (endedAt > until) late++
      })
    }),
  )
  await Promise.race([all, Bun.sleep(load.warmUpMs + load.ms + drainMsMax)])

  const { totals, firsts, lostFrames, failures } = seen
  return {
    perSecond: ((totals.length - late) / load.ms) * 1_000,
    p50Ms: percentile(totals, 0.5),
    p75Ms: percentile(totals, 0.75),
    p99Ms: percentile(totals, 0.99),
    first50Ms: percentile(firsts, 0.5),
    first99Ms: percentile(firsts, 0.99),
    meanMs: totals.reduce((sum, one) => sum + one, 0) / totals.length,
    lostFrames,
    failures,
  }
}

type AnswerSeen = {
  askedAt: number
  firstAt: number
  endedAt: number
  failed: boolean
  lostFrames: number
}

/** Asks again and again over one connection until the time is up, then hangs up. */
async function askUntil(load: Load, until: number, report: (answer: AnswerSeen) => void) {
  const request = requestOf(load)
  const marks = load.translated ? textChunks : framesPerStream
  const expected = load.kind === "stream" ? marks : 0
  const reader = new AnswerReader(load.translated ? " word" : "data:")
  const over = Promise.withResolvers<void>()
  let askedAt = 0
  let firstAt = 0

  const ask = (socket: { write(bytes: Buffer): number }) => {
    firstAt = 0
    askedAt = performance.now()
    socket.write(request)
  }
  const end = (broken: boolean) => {
    const endedAt = performance.now()
    const failed = broken || reader.status !== 200
    report({ askedAt, firstAt, endedAt, failed, lostFrames: expected - reader.frames })
    if (broken || endedAt >= until) over.resolve()
  }

  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port: load.port,
    socket: {
      data(opened, bytes) {
        const whole = reader.push(bytes)
        if (firstAt === 0 && reader.begun) firstAt = performance.now()
        if (!whole) return
        end(false)
        const restMs = askedAt + (load.everyMs ?? 0) - performance.now()
        if (performance.now() + Math.max(0, restMs) >= until) return over.resolve()
        if (restMs > 0) setTimeout(ask, restMs, opened)
        else ask(opened)
      },
      close: () => end(true),
      error: () => {},
    },
  })
  socket.setNoDelay(true)
  ask(socket)
  await over.promise
  socket.reload({ socket: { data() {} } })
  socket.end()
}

function requestOf({ port, key, kind, paceMs, words = "chat", model = modelOf(paceMs) }: Load) {
  const body = requestBody(kind, model, words)
  return Buffer.from(
    `POST ${pathOf[words]} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

if (import.meta.main) {
  console.log(JSON.stringify(await generate(JSON.parse(process.argv[2] ?? ""))))
  process.exit(0)
}
