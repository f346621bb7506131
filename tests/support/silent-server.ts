import { createServer, type Socket } from "node:net"

/** Takes connections and says nothing, or the same over and over. */
export async function silentServer({ every }: { every?: [ms: number, words: string] } = {}) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {})
    if (!every) return
    const [ms, words] = every
    const timer = setInterval(() => socket.write(words), ms)
    socket.on("close", () => clearInterval(timer))
  })
  server.listen(0, "127.0.0.1")
  await new Promise<void>((resolve) => server.once("listening", resolve))
  const address = server.address()
  return {
    port: typeof address === "object" && address ? address.port : 0,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
