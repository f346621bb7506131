/** What an upstream answers to one request, as it goes over the wire. */
export type Transcript = {
  /** 200 when left out. */
  status?: number
  headers?: Record<string, string>
  /** A list is written piece by piece, one flush each. */
  body?: string | Uint8Array | readonly (string | Uint8Array)[]
  /** Cuts the body at every so many bytes, one flush each. */
  cutBytes?: number
  /** Silence before the status line. */
  firstByteMs?: number
  /** Silence between two pieces. */
  pauseMs?: number
  /** What happens after the body: an honest end, a reset connection, or silence for ever. */
  end?: "close" | "reset" | "hang"
}

/** A request as the upstream saw it. */
export type SeenRequest = {
  method: string
  /** With its query. */
  path: string
  headers: Headers
  text: string
  /** `text` parsed; undefined when it is not JSON. */
  body: any
  /** Whether the caller hung up before the answer was complete. */
  cancelled: boolean
}

export type AnswerWith = Transcript | ((seen: SeenRequest) => Transcript | Promise<Transcript>)

export type SimulatedUpstream = {
  /** Without a trailing slash: fit to be a channel's address. */
  url: string
  requests: SeenRequest[]
  /** Changes what is answered from now on. */
  answerWith(answer: AnswerWith): void
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** An upstream on a real socket that answers with a transcript and remembers what it was asked. */
export async function simulate(
  answer: AnswerWith,
  { port = 0, remember = true }: { port?: number; remember?: boolean } = {},
): Promise<SimulatedUpstream> {
  let current = answer
  const requests: SeenRequest[] = []

  const server = Bun.serve({
    port,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    maxRequestBodySize: 256 * 1024 * 1024,
    async fetch(request) {
      const seen = await see(request)
      if (remember) requests.push(seen)
      const transcript = typeof current === "function" ? await current(seen) : current
      if (transcript.firstByteMs) await pause(transcript.firstByteMs, request.signal)
      const { status = 200, headers = {} } = transcript
      return new Response(play(transcript, seen, request.signal), { status, headers })
    },
    error: () => new Response("the simulated upstream is broken", { status: 500 }),
  })

  const close = () => server.stop(true)
  return {
    url: `http://127.0.0.1:${server.port}`,
    requests,
    answerWith(next) {
      current = next
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function see(request: Request): Promise<SeenRequest> {
  const { pathname, search } = new URL(request.url)
  const { method, headers } = request
  const text = await request.text()
  const seen = { method, path: pathname + search, headers, text, cancelled: false }
  // Parsed on demand: a bench does not pay for what it does not read.
  return Object.defineProperty(seen as SeenRequest, "body", { get: () => parse(text) })
}

function parse(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function play(transcript: Transcript, seen: SeenRequest, signal: AbortSignal) {
  const { body = "", cutBytes, pauseMs, end = "close" } = transcript
  if (typeof body === "string" && !cutBytes && end === "close") return body

  const pieces = cutBytes ? cut(joined(body), cutBytes) : Array.isArray(body) ? body : [body]
  let at = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (at > 0 || pieces.length === 0) {
        if (at >= pieces.length) return finish(controller)
        await (pauseMs ? pause(pauseMs, signal) : new Promise(setImmediate))
      }
      if (signal.aborted) return
      const piece = pieces[at++]!
      controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece)
    },
    cancel() {
      seen.cancelled = true
    },
  })

  async function finish(controller: ReadableStreamDefaultController) {
    if (end === "hang") await pause(hangMsMax, signal)
    if (end === "reset") return controller.error(undefined)
    if (!signal.aborted) controller.close()
  }
}

const encoder = new TextEncoder()
/** Longer than any test waits. */
const hangMsMax = 10 * 60_000

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((done) => {
    if (signal.aborted) return done()
    const timer = setTimeout(done, ms)
    signal.addEventListener("abort", () => {
      clearTimeout(timer)
      done()
    })
  })

function joined(body: NonNullable<Transcript["body"]>) {
  const pieces = Array.isArray(body) ? body : [body]
  return Buffer.concat(
    pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)),
  )
}

function cut(bytes: Uint8Array, size: number) {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  return pieces
}
