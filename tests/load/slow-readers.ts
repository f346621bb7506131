import { connect, type Socket } from "node:net"
import { residentBytes } from "./processes.ts"
import { pathOf, requestBody } from "./traffic.ts"

type Door = { port: number; key: string; pid: number }

/** How many read how much of which answer, and how much of the time passes before it is looked at. */
type Readers = { count: number; model: string; bytesPerSecond: number; fillMs: number; ms: number }
export type SlowReaders = { before: number; samples: number[]; lost: number }

/** They all read at a time. */
const readEveryMs = 500
const sampleEveryMs = 5_000

/**
 * Memory of a server while many callers read an endless answer more slowly than it comes, in bytes:
 * what it was before, and a series of samples once the buffers on the way are full.
 */
export async function slowReaders(
  { port, key, pid }: Door,
  { count, model, bytesPerSecond, fillMs, ms }: Readers,
): Promise<SlowReaders> {
  const before = await residentBytes(pid)
  const sockets = await Promise.all(Array.from({ length: count }, () => ask(port, key, model)))
  const readBytes = (bytesPerSecond * readEveryMs) / 1_000
  const timer = setInterval(() => {
    if (readBytes > 0) for (const socket of sockets) socket.read(readBytes) ?? socket.read()
  }, readEveryMs)

  await Bun.sleep(fillMs)
  const samples: number[] = []
  for (let passed = 0; passed < ms; passed += sampleEveryMs) {
    await Bun.sleep(sampleEveryMs)
    samples.push(await residentBytes(pid))
  }
  clearInterval(timer)
  const alive = sockets.filter(({ destroyed, readyState }) => !destroyed && readyState === "open")
  for (const socket of sockets) socket.destroy()
  return { before, samples, lost: count - alive.length }
}

/** Asks, and reads nothing by itself. */
async function ask(port: number, key: string, model: string): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" })
  const body = requestBody("stream", model, "chat")
  socket.write(
    `POST ${pathOf.chat} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  socket.on("error", () => {})
  await new Promise<void>((resolve) => socket.once("readable", resolve))
  return socket
}
