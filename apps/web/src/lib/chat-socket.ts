import type { ClientFrame, ServerFrame } from "@nio/server/contract"

export type SocketState = "closed" | "connecting" | "open" | "waiting"

type Options = {
  /** Fetches a one-time ticket. @throws when there is no connection or no session */
  ticket: () => Promise<string>
  onFrame: (frame: ServerFrame) => void
  onState: (state: SocketState) => void
}

const waitFirstMs = 400
const waitMaxMs = 15_000
const pingEveryMs = 25_000
/** A proxy may drop a connection without telling either end. */
const silenceMaxMs = 60_000
/** The server ended the session; the guards lead to the sign-in page. */
const sessionEnded = 4401

/**
 * A connection that stays: it comes back by itself, later each time and never at the same moment
 * as everyone else's. It forgets what was sent while it was away; its owner asks again on `open`.
 */
export class ChatSocket {
  readonly #options: Options
  #socket: WebSocket | undefined
  #wanted = false
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setInterval> | undefined
  #heardAt = 0

  constructor(options: Options) {
    this.#options = options
  }

  /** Repeated calls change nothing. */
  open() {
    if (this.#wanted) return
    this.#wanted = true
    addEventListener("online", this.#hurry)
    document.addEventListener("visibilitychange", this.#hurry)
    void this.#connect()
  }

  close() {
    this.#wanted = false
    removeEventListener("online", this.#hurry)
    document.removeEventListener("visibilitychange", this.#hurry)
    clearTimeout(this.#retry)
    this.#drop()
    this.#options.onState("closed")
  }

  /** @returns whether it went out; when not, it is forgotten. */
  send(frame: ClientFrame): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  async #connect() {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#options.onState("connecting")
    try {
      const ticket = await this.#options.ticket()
      if (this.#wanted && !this.#socket) this.#attach(ticket)
    } catch {
      this.#wait()
    }
  }

  #attach(ticket: string) {
    const address = new URL(`/chat?ticket=${encodeURIComponent(ticket)}`, location.href)
    address.protocol = address.protocol.replace("http", "ws")
    const socket = new WebSocket(address)
    this.#socket = socket
    socket.onopen = () => {
      this.#failures = 0
      this.#heardAt = performance.now()
      this.#beat = setInterval(() => this.#ping(), pingEveryMs)
      this.#options.onState("open")
    }
    socket.onmessage = ({ data }) => {
      this.#heardAt = performance.now()
      this.#options.onFrame(JSON.parse(data) as ServerFrame)
    }
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return
      this.#drop()
      if (code === sessionEnded) this.close()
      else this.#wait()
    }
  }

  #ping() {
    if (performance.now() - this.#heardAt < silenceMaxMs) return void this.send({ type: "ping" })
    this.#drop()
    this.#wait()
  }

  /** Half of the wait is chance, so that a restarted server is not met by all at once. */
  #wait() {
    if (!this.#wanted || this.#retry) return
    const longest = Math.min(waitMaxMs, waitFirstMs * 2 ** this.#failures++)
    this.#options.onState("waiting")
    this.#retry = setTimeout(() => void this.#connect(), longest * (0.5 + Math.random() / 2))
  }

  #hurry = () => {
    if (document.hidden || !this.#retry) return
    this.#failures = 0
    void this.#connect()
  }

  #drop() {
    clearInterval(this.#beat)
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }
}
