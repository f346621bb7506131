import type { Operator } from "./operator.ts"
import { residentBytes, type Served } from "./processes.ts"

/** Long enough for garbage to be collected and memory to be given back. */
const settleMs = 5_000
const atOnce = 50

/**
 * What one open chat socket costs the server while nothing happens. Tickets are made once before
 * counting, so that the memory for making them is not taken for the sockets'.
 */
export async function bytesPerIdleSocket(server: Served, operator: Operator, count: number) {
  await inGroups(count, () => operator.ticket())
  await Bun.sleep(settleMs)
  const before = await residentBytes(server.pid)

  const sockets = await inGroups(count, async () => open(server.port, await operator.ticket()))
  await Bun.sleep(settleMs)
  const after = await residentBytes(server.pid)
  const alive = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length
  if (alive < count) throw new Error(`${count - alive} of ${count} idle sockets were closed`)

  for (const socket of sockets) socket.close()
  return (after - before) / count
}

async function open(port: number, ticket: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/chat?ticket=${ticket}`)
  const opened = Promise.withResolvers<void>()
  socket.onopen = () => opened.resolve()
  socket.onerror = () => opened.reject(new Error("a chat socket was refused"))
  await opened.promise
  return socket
}

async function inGroups<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  while (made.length < count) {
    const size = Math.min(atOnce, count - made.length)
    made.push(...(await Promise.all(Array.from({ length: size }, make))))
  }
  return made
}
