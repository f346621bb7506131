import { Elysia, status } from "elysia"
import type { Deps } from "../core/deps.ts"
import { AppError } from "../core/error.ts"
import { nodeState } from "../core/node-state.ts"

/** The other end, as far as a session needs to know it. */
export type Peer = {
  /** `full`: sent, but nothing more until it drains. `lost`: not sent. */
  send(text: string): "sent" | "full" | "lost"
  close(code: number, reason: string): void
}

/** What is spoken over one open socket. */
export type SocketSession = {
  /** `message` is JSON already parsed, or whatever else came. */
  receive(message: unknown): void
  /** The peer can take more. */
  drain(): void
  /** The server stops. */
  dismiss(): void
  close(): void
}

export type Upgrade = {
  request: Request
  query: Record<string, string | undefined>
  server: { requestIP(request: Request): { address: string } | null } | null
}

/**
 * Judges who may open a socket. It happens before the upgrade: were it done in `open`, a frame sent at
 * once would arrive before there is anyone to receive it.
 * @returns what begins the session, once the socket is open
 * @throws AppError, which becomes the answer instead of the upgrade
 */
export type Doorman = (upgrade: Upgrade) => Promise<(peer: Peer) => SocketSession>

/** The sockets of this node, for the day it stops: a server waits for open ones for ever. */
const openSessions = nodeState(() => new Set<SocketSession>())

/** Closes every socket of this node; clients come back by themselves, to another node or later. */
export function closeSockets(deps: Deps): void {
  for (const session of [...openSessions(deps)]) session.dismiss()
}

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

/** A WebSocket at `path`. */
export function socketAt(deps: Deps, path: string, doorman: Doorman) {
  /** By the raw socket, for Elysia makes a new wrapper for every event. */
  const sessions = new WeakMap<object, SocketSession>()

  return new Elysia({ name: `socket ${path}` })
    .resolve(async ({ request, query, server }) => {
      try {
        return { begin: await doorman({ request, query, server }) }
      } catch (error) {
        const { status: code, code: name, params } = AppError.from(error)
        return status(code, { code: name, params })
      }
    })
    .ws(path, {
      open: (ws) => {
        const session = ws.data.begin(peerOf(ws.raw))
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
