import type { Upstream, UpstreamError } from "../spec/index.ts"
import type { SocketProtocol, SocketRequest } from "./socket-protocol.ts"
import { brokenError, errorOf, networkError } from "./upstream-error.ts"
import type { Watch } from "./watch.ts"

/** A socket's messages as they arrive. */
export type SocketSource = {
  /** All that arrived since the last time, or the next; undefined at the end. @throws UpstreamError or the caller's reason */
  read(): Promise<readonly string[] | undefined>
  /** Lets go. Idempotent. */
  close(): void
}

/** In characters: what may wait to be read. A socket cannot be told to send more slowly. */
const waitingCharsMax = 16_000_000

/** Opens the socket, asks, and listens. The channel's own headers go over ours. */
export function openSource(
  protocol: Pick<SocketProtocol, "judge">,
  { url, headers, message }: SocketRequest,
  upstream: Upstream,
  watch: Watch,
): SocketSource {
  const socket = upstream.openSocket(url, { ...headers, ...upstream.headers })
  let waiting: string[] = []
  let waitingChars = 0
  let failure: UpstreamError | undefined
  let opened = false
  let closed = false
  let wake = () => {}

  function end() {
    closed = true
    watch.done()
    wake()
  }

  function close() {
    if (closed) return
    end()
    socket.close()
  }

  function hear(text: string) {
    watch.heard()
    waiting.push(text)
    waitingChars += text.length
    if (waitingChars > waitingCharsMax) {
      failure = brokenError("The upstream sent more than could be read.")
      close()
    }
    wake()
  }

  socket.onopen = () => {
    opened = true
    if (!closed) socket.send(message)
  }
  socket.onmessage = ({ data }) => hear(typeof data === "string" ? data : String(data))
  socket.onerror = (event) => {
    failure ??= opened
      ? networkError(undefined, "The connection to the upstream broke")
      : refusalIn(event, protocol, upstream)
  }
  socket.onclose = () => {
    if (!opened) failure ??= networkError(undefined)
    end()
  }
  watch.signal.addEventListener("abort", close)

  return {
    async read() {
      for (;;) {
        if (watch.blame()) throw watch.blame()
        if (waiting.length > 0) {
          const messages = waiting
          waiting = []
          waitingChars = 0
          return messages
        }
        if (failure) throw failure
        if (closed) return undefined
        watch.wait()
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    close,
  }
}

/** Bun says the status of a refused handshake in a sentence, and nothing of the body. */
function refusalIn(event: Event, protocol: Pick<SocketProtocol, "judge">, upstream: Upstream) {
  const said = "message" in event ? String(event.message) : ""
  const status = Number(/status code: (\d{3})/.exec(said)?.[1] ?? Number.NaN)
  if (Number.isNaN(status)) return networkError(undefined)
  const message = `The upstream refused the connection (${status}).`
  return errorOf(protocol, { message, body: {} }, upstream, { status })
}
