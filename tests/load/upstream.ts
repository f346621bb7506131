import type { Socket } from "bun"
import {
  anthropicFrames,
  failingFolder,
  jsonAnswer,
  paceMsOf,
  pathOf,
  special,
  streamFrames,
  textChunks,
} from "./traffic.ts"

/**
 * The simulated upstream: a process of its own that speaks just enough HTTP to cost next to
 * nothing, so that what is measured is what stands in front of it. Prints its port.
 */
type Connection = { request: Buffer; unsent: Buffer }
type Stream = {
  socket: Socket<Connection>
  frames: readonly Buffer[]
  /** Begins again and again. */
  endless: boolean
  next: number
  dueMs: number
  paceMs: number
}

const streams = new Set<Stream>()
let ticking = false

const listener = Bun.listen<Connection>({
  hostname: "127.0.0.1",
  port: 0,
  socket: {
    open(socket) {
      socket.data = { request: Buffer.alloc(0), unsent: Buffer.alloc(0) }
      socket.setNoDelay(true)
    },
    data(socket, bytes) {
      const { data } = socket
      data.request = data.request.length === 0 ? bytes : Buffer.concat([data.request, bytes])
      if (!isWhole(data.request)) return
      const body = data.request.toString("latin1")
      data.request = Buffer.alloc(0)
      answer(socket, body)
    },
    drain(socket) {
      const { unsent } = socket.data
      socket.data.unsent = Buffer.alloc(0)
      send(socket, unsent)
    },
    close: forget,
    error: forget,
  },
})
console.log(listener.port)

function isWhole(request: Buffer): boolean {
  const end = request.indexOf("\r\n\r\n")
  if (end < 0) return false
  const head = request.toString("latin1", 0, end)
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  if (length !== undefined) return request.length >= end + 4 + Number(length)
  return !/transfer-encoding: chunked/i.test(head) || request.includes("0\r\n\r\n", end)
}

const jsonReply = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(jsonAnswer)}\r\n\r\n${jsonAnswer}`,
)
const streamHead = Buffer.from(
  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
)
const chunked = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
const streamEnd = "0\r\n\r\n"
const inChunks = (frames: readonly string[]) =>
  frames.map((frame, index) =>
    Buffer.from(chunked(frame) + (index === frames.length - 1 ? streamEnd : "")),
  )
const openaiChunks = inChunks(streamFrames)
const anthropicChunks = inChunks(anthropicFrames)
const busy = Buffer.from("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
let failing = 0

function answer(socket: Socket<Connection>, request: string) {
  if (request.startsWith(`POST ${failingFolder}`) && failing++ % 2 === 0) return send(socket, busy)
  if (!/"stream":\s*true/.test(request)) return send(socket, jsonReply)
  const model = /"model":\s*"([^"]*)"/.exec(request)?.[1] ?? ""
  const frames = request.startsWith(`POST ${pathOf.messages}`) ? anthropicChunks : openaiChunks
  const endless = model.startsWith(special.endless)
  send(socket, streamHead)
  const dueMs = performance.now()
  streams.add({ socket, frames, endless, next: 0, dueMs, paceMs: paceMsOf(model) })
  if (!ticking) tick()
}

/** One frame to every stream that is due, then the event loop again: each frame is a read of its own. */
function tick() {
  const now = performance.now()
  let fast = false
  for (const stream of streams) {
    if (stream.paceMs === 0) fast = true
    // Nothing is made for a reader who has not taken what there is.
    if (stream.dueMs > now || stream.socket.data.unsent.length > 0) continue
    stream.dueMs += stream.paceMs
    send(stream.socket, stream.frames[stream.next++] ?? Buffer.alloc(0))
    if (stream.endless && stream.next === textChunks) stream.next = 0
    if (stream.next === stream.frames.length) streams.delete(stream)
  }
  ticking = streams.size > 0
  if (ticking) fast ? setImmediate(tick) : setTimeout(tick, 1)
}

function send(socket: Socket<Connection>, bytes: Buffer) {
  const { data } = socket
  if (data.unsent.length > 0) {
    data.unsent = Buffer.concat([data.unsent, bytes])
    return
  }
  const sent = Math.max(0, socket.write(bytes))
  if (sent < bytes.length) data.unsent = bytes.subarray(sent)
}

function forget(socket: Socket<Connection>) {
  for (const stream of streams) if (stream.socket === socket) streams.delete(stream)
}
