import type { ServerWebSocket } from "bun"

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
  /** A multipart body, taken apart. */
  form?: FormData
  /** Whether the caller hung up before the answer was complete. */
  cancelled: boolean
  /** Whether `text` came as a message of a WebSocket. */
  socket: boolean
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

type Options = {
  port?: number
  remember?: boolean
  /** Answers a request for a WebSocket in place of opening one. */
  handshake?: (seen: SeenRequest) => Transcript | undefined
}

/**
 * An upstream on a real socket that answers with a transcript and remembers what it was asked. A
 * message of a WebSocket is answered like a request: each piece of the body is a message, and an
 * honest end closes.
 */
export async function simulate(
  answer: AnswerWith,
  { port = 0, remember = true, handshake }: Options = {},
): Promise<SimulatedUpstream> {
  let current = answer
  const requests: SeenRequest[] = []
  const answerTo = async (seen: SeenRequest) =>
    typeof current === "function" ? await current(seen) : current

  const server = Bun.serve<Opened, never>({
    port,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    maxRequestBodySize: 256 * 1024 * 1024,
    async fetch(request, server) {
      const seen = await see(request)
      const opens = request.headers.get("upgrade") === "websocket"
      const refused = opens ? handshake?.(seen) : undefined
      if (opens && !refused) {
        server.upgrade(request, { data: { seen, closed: new AbortController() } })
        return undefined as never
      }
      if (remember) requests.push(seen)
      const transcript = refused ?? (await answerTo(seen))
      if (transcript.firstByteMs) await pause(transcript.firstByteMs, request.signal)
      const { status = 200, headers = {} } = transcript
      return new Response(play(transcript, seen, request.signal), { status, headers })
    },
    websocket: {
      async message(socket, message) {
        const { seen, closed } = socket.data
        const heard = messageOf(seen, String(message))
        if (remember) requests.push(heard)
        await send(socket, heard, await answerTo(heard), closed.signal)
      },
      close: (socket) => socket.data.closed.abort(),
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
  const isForm = headers.get("content-type")?.startsWith("multipart/form-data")
  const form = isForm ? await request.clone().formData() : undefined
  const text = await request.text()
  return readable({
    ...(form && { form: form as FormData }),
    method,
    path: pathname + search,
    headers,
    text,
    cancelled: false,
    socket: false,
  })
}

const messageOf = ({ method, path, headers }: SeenRequest, text: string) =>
  readable({ method, path, headers, text, cancelled: false, socket: true })

/** Parsed on demand: a bench does not pay for what it does not read. */
const readable = (seen: Omit<SeenRequest, "body">) =>
  Object.defineProperty(seen as SeenRequest, "body", { get: () => parse(seen.text) })

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

  const pieces = piecesOf(transcript)
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

type Opened = { seen: SeenRequest; closed: AbortController }

async function send(
  socket: ServerWebSocket<Opened>,
  seen: SeenRequest,
  transcript: Transcript,
  closed: AbortSignal,
) {
  const { firstByteMs, pauseMs, end = "close" } = transcript
  if (firstByteMs) await pause(firstByteMs, closed)
  for (const piece of piecesOf(transcript)) {
    if (!closed.aborted) socket.send(piece)
    await (pauseMs ? pause(pauseMs, closed) : new Promise(setImmediate))
  }
  if (end === "hang") await pause(hangMsMax, closed)
  seen.cancelled = closed.aborted
  if (end === "reset") socket.terminate()
  if (end === "close") socket.close(1_000)
}

function piecesOf({ body = "", cutBytes }: Transcript): readonly (string | Uint8Array)[] {
  if (cutBytes) return cut(joined(body), cutBytes)
  return typeof body === "string" || body instanceof Uint8Array ? [body] : body
}

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
