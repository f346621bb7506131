import { connect } from "node:net"
import type { ClientFrame, ServerFrame } from "@nio/server/contract"

/** A socket whose reader can stop reading, as a phone in a tunnel does. */
export async function pausedSocket(url: string, ticket: string) {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  let buffered = Buffer.alloc(0)
  let bytes = 0
  socket.write(
    [
      `GET /chat?ticket=${ticket} HTTP/1.1`,
      `Host: ${host}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "\r\n",
    ].join("\r\n"),
  )
  await new Promise<void>((resolve) => socket.once("readable", resolve))
  buffered = Buffer.from(socket.read() ?? "")
  buffered = buffered.subarray(buffered.indexOf("\r\n\r\n") + 4)
  socket.removeAllListeners("readable")

  return {
    bytes: () => bytes,
    /** Masked with zeros: allowed, and simple. Up to 64 KB. */
    send(frame: ClientFrame) {
      const payload = Buffer.from(JSON.stringify(frame))
      const head = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255])
      socket.write(Buffer.concat([head, Buffer.alloc(4), payload]))
    },
    /** Reads on until a frame of this type has come. @returns all frames until then */
    async readUntil(type: ServerFrame["type"]): Promise<ServerFrame[]> {
      const frames: ServerFrame[] = []
      for await (const chunk of socket) {
        bytes += chunk.length
        buffered = Buffer.concat([buffered, chunk])
        for (let frame = take(); frame; frame = take()) frames.push(frame)
        if (frames.some((frame) => frame.type === type)) break
      }
      return frames
    },
    close: () => socket.destroy(),
  }

  function take(): ServerFrame | undefined {
    if (buffered.length < 10) return undefined
    const short = (buffered[1] ?? 0) & 127
    const [head, length] =
      short === 127
        ? [10, Number(buffered.readBigUInt64BE(2))]
        : short === 126
          ? [4, buffered.readUInt16BE(2)]
          : [2, short]
    if (buffered.length < head + length) return undefined
    const text = buffered.subarray(head, head + length).toString()
    const isText = ((buffered[0] ?? 0) & 15) === 1
    buffered = buffered.subarray(head + length)
    return isText ? JSON.parse(text) : take()
  }
}
