import { connect, type Socket } from "node:net"

/** A port where connections are neither made nor refused: its queue is full, and nobody empties it. */
export async function blackHole(): Promise<{ port: number; close(): Promise<void> }> {
  const listening = `
    const server = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 })
    server.on("listening", () => console.log(server.address().port))`
  const process_ = Bun.spawn([process.execPath, "-e", listening], { stdout: "pipe" })
  const { value } = await process_.stdout.getReader().read()
  const port = Number(Buffer.from(value ?? "").toString())
  process_.kill("SIGSTOP")
  const sockets: Socket[] = []
  while (await connected(port, sockets));
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy()
      process_.kill("SIGKILL")
      await process_.exited
    },
  }
}

const connected = (port: number, sockets: Socket[]) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true))
    socket.on("error", () => resolve(false))
    sockets.push(socket)
    setTimeout(resolve, 200, false)
  })
