import { connect, createServer, type Server, type Socket } from "node:net"

/** A proxy on a port of its own that remembers where it led, and whom it turned away. */
export type TestProxy = {
  port: number
  led: string[]
  refused: number
  close(): Promise<void>
}

export type ProxyAccount = { username: string; password: string }

/** Speaks as RFC 9110 says, `CONNECT` and whole addresses. Leads everywhere to `target`. */
export function startHttpProxy(target: number, account?: ProxyAccount): Promise<TestProxy> {
  const wanted =
    account && `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`
  return start((socket, proxy) => {
    socket.once("data", (head) => {
      const [line = "", ...headers] = head.toString("latin1").split("\r\n")
      const [method, where = ""] = line.split(" ")
      const given = headers.find((header) => /^proxy-authorization:/i.test(header))
      if (wanted && given?.slice(given.indexOf(":") + 1).trim() !== wanted) {
        proxy.refused++
        const words = `<html>who is ${given}?</html>`
        return socket.end(
          `HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: ${words.length}\r\n\r\n${words}`,
        )
      }
      proxy.led.push(where)
      const far = connect(target, "127.0.0.1", () => {
        if (method === "CONNECT") socket.write("HTTP/1.1 200 Connection Established\r\n\r\n")
        else far.write(head)
        join(socket, far)
      })
      far.on("error", () => socket.destroy())
    })
  })
}

/** Speaks as RFC 1928 and 1929 say. Leads everywhere to `target`. */
export function startSocksProxy(target: number, account?: ProxyAccount): Promise<TestProxy> {
  return start((socket, proxy) => {
    const next = (handle: (bytes: Buffer) => void) => socket.once("data", handle)
    const lead = () =>
      next((request) => {
        const name = request.subarray(5, 5 + request[4]!)
        proxy.led.push(`${name}:${request.readUInt16BE(5 + name.length)}`)
        const far = connect(target, "127.0.0.1", () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
          join(socket, far)
        })
        far.on("error", () => socket.destroy())
      })
    next((greeting) => {
      const byPassword = greeting.subarray(2).includes(2)
      if (!account) {
        socket.write(Buffer.from([5, 0]))
        return lead()
      }
      if (!byPassword) {
        proxy.refused++
        return socket.end(Buffer.from([5, 255]))
      }
      socket.write(Buffer.from([5, 2]))
      next((login) => {
        const { username, password } = account
        const expected = Buffer.concat([
          Buffer.from([1, Buffer.byteLength(username)]),
          Buffer.from(username),
          Buffer.from([Buffer.byteLength(password)]),
          Buffer.from(password),
        ])
        if (login.equals(expected)) {
          socket.write(Buffer.from([1, 0]))
          return lead()
        }
        proxy.refused++
        socket.end(Buffer.from([1, 1]))
      })
    })
  })
}

function join(near: Socket, far: Socket) {
  near.pipe(far)
  far.pipe(near)
  near.on("close", () => far.destroy())
  far.on("close", () => near.destroy())
}

async function start(serve: (socket: Socket, proxy: TestProxy) => void): Promise<TestProxy> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => socket.destroy())
    socket.on("close", () => sockets.delete(socket))
    serve(socket, proxy)
  })
  const proxy: TestProxy = {
    port: 0,
    led: [],
    refused: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  proxy.port = address.port
  return proxy
}
