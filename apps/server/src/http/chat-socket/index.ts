import { Elysia, status } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { useTicket } from "../../core/identity/ticket.ts"
import { chatImages } from "./images.ts"
import { openSessions } from "./open-sessions.ts"
import { type ChatSession, createChatSession, type Peer } from "./session.ts"

const frameBytesMax = 16 * 1024 * 1024
const backlogBytesMax = 1024 * 1024
const idleSeconds = 120

/** For the root of the app: Elysia takes a socket's settings only from there. */
export const socketSettings = {
  maxPayloadLength: frameBytesMax,
  backpressureLimit: backlogBytesMax,
  idleTimeout: idleSeconds,
  sendPings: true,
  /** Costs seconds when thousands connect at once, and gains little on frames this small. */
  perMessageDeflate: false,
} as const

/**
 * `GET /chat?ticket=…`, and the pictures of messages beside it. The ticket is judged before the
 * upgrade: were it looked up in `open`, a frame sent at once would arrive before there is anyone
 * to receive it.
 */
export const chatSocket = (deps: Deps) => {
  /** By the raw socket, for Elysia makes a new wrapper for every event. */
  const sessions = new WeakMap<object, ChatSession>()

  return new Elysia({ name: "chat-socket" })
    .use(chatImages(deps))
    .resolve(async ({ query }) => {
      try {
        const { sessionId } = await useTicket(deps, String(query.ticket ?? ""))
        return { sessionId }
      } catch (error) {
        const { status: code, code: name, params } = AppError.from(error)
        return status(code, { code: name, params })
      }
    })
    .ws("/chat", {
      open: (ws) => {
        const session = createChatSession(deps, ws.data.sessionId, peerOf(ws.raw))
        sessions.set(ws.raw, session)
        openSessions(deps).add(session)
      },
      message: (ws, message) => sessions.get(ws.raw)?.receive(message),
      drain: (ws) => sessions.get(ws.raw)?.drain(),
      close: (ws) => {
        const session = sessions.get(ws.raw)
        session?.close()
        if (session) openSessions(deps).delete(session)
      },
    })
}

type RawSocket = {
  send(text: string): number
  close(code?: number, reason?: string): void
}

/** Bun says how many bytes it sent, -1 when it had to queue them, 0 when it threw them away. */
const peerOf = (raw: RawSocket): Peer => ({
  send(text) {
    const bytes = raw.send(text)
    return bytes > 0 ? "sent" : bytes < 0 ? "full" : "lost"
  },
  close: (code, reason) => raw.close(code, reason),
})
