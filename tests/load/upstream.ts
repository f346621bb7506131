import type { Socket } from "bun"
import { jsonAnswer, paceMsOf, streamFrames } from "./traffic.ts"

/**
 * The simulated upstream: a process of its own that speaks just enough HTTP to cost next to
 * nothing, so that what is measured is what stands in front of it. Prints its port.
 */
type Connection = { request: Buffer; unsent: Buffer }
type Stream = { socket: Socket<Connection>; next: number; dueMs: number; paceMs: number }

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
const frames = streamFrames.map((frame, index) =>
  Buffer.from(chunked(frame) + (index === streamFrames.length - 1 ? streamEnd : "")),
)

function answer(socket: Socket<Connection>, request: string) {
  if (!/"stream":\s*true/.test(request)) return send(socket, jsonReply)
  const paceMs = paceMsOf(/"model":\s*"([^"]*)"/.exec(request)?.[1] ?? "")
  send(socket, streamHead)
  streams.add({ socket, next: 0, dueMs: performance.now(), paceMs })
  if (!ticking) tick()
}

/** One frame to every stream that is due, then the event loop again: each frame is a read of its own. */
function tick() {
  const now = performance.now()
  let fast = false
  for (const stream of streams) {
    if (stream.paceMs === 0) fast = true
    if (stream.dueMs > now) continue
    stream.dueMs += stream.paceMs
    send(stream.socket, frames[stream.next++] ?? Buffer.alloc(0))
    if (stream.next === frames.length) streams.delete(stream)
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
