import { createServer, type Socket } from "node:net"
import type { Stage } from "./script.ts"

/** An upstream below HTTP: does what it is told with each connection. */
export async function raw(stage: Stage, serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => socket.destroy())
    socket.on("close", () => sockets.delete(socket))
    serve(socket)
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  stage.keep({
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  })
  const address = server.address()
  return `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`
}

/** Says this whatever it is asked, and closes. */
export const saying = (words: string) => (socket: Socket) =>
  socket.once("data", () => socket.end(words))

/** One byte at a time, for ever. */
export const dripping = (words: string, everyMs: number) => (socket: Socket) => {
  let at = 0
  const timer = setInterval(() => socket.write(words[at++ % words.length]!), everyMs)
  socket.on("close", () => clearInterval(timer))
}
