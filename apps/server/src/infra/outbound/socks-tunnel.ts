import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type Server, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SocksClient } from "socks"
import type { OutboundProxy } from "../../core/routing/outbound.ts"
import type { ConnectFailure } from "./connect-error.ts"

/** Bun's fetch speaks to HTTP proxies only, but to any socket file: this is one that leads through SOCKS. */
export type Tunnel = {
  /** In a folder that only this user may open. */
  path: string
  /** Why the last connection was not made, and when. */
  failure: { code: ConnectFailure; at: number } | undefined
}

type Place = { host: string; port: number }

/** One per proxy and target; beyond so many the oldest is closed. */
const tunnelsMax = 1_000
const tunnels = new Map<string, { tunnel: Tunnel; server: Server }>()
let folder: string | undefined
let made = 0

/** The way to `target` through the proxy; made on first use. */
export function socksTunnel(proxy: OutboundProxy, target: Place, connectMs: number): Tunnel {
  const name = JSON.stringify([proxy, target, connectMs])
  const known = tunnels.get(name)
  if (known) return known.tunnel
  const tunnel: Tunnel = { path: join(ownFolder(), `${++made}.sock`), failure: undefined }
  const server = createServer(
    (near) => void connectThrough(near, tunnel, { proxy, target, connectMs }),
  )
  tunnels.set(name, { tunnel, server })
  if (tunnels.size > tunnelsMax) closeOldest()
  server.listen(tunnel.path)
  server.unref()
  return tunnel
}

/** Made for this process and removed with it. */
function ownFolder(): string {
  if (folder) return folder
  const made = mkdtempSync(join(tmpdir(), "nio-"))
  process.once("exit", () => rmSync(made, { recursive: true, force: true }))
  folder = made
  return made
}

function closeOldest() {
  const [oldest] = tunnels
  if (!oldest) return
  tunnels.delete(oldest[0])
  oldest[1].server.close()
}

type Route = { proxy: OutboundProxy; target: Place; connectMs: number }

/** Never rejects: whoever waits sees the connection closed, and finds the reason in the tunnel. */
async function connectThrough(near: Socket, tunnel: Tunnel, route: Route) {
  near.on("error", () => near.destroy())
  try {
    const far = await connect(route)
    far.on("error", () => far.destroy())
    far.on("close", () => near.destroy())
    near.on("close", () => far.destroy())
    near.pipe(far)
    far.pipe(near)
    if (near.destroyed) far.destroy()
  } catch (cause) {
    tunnel.failure = { code: failureIn(cause), at: performance.now() }
    near.destroy()
  }
}

async function connect({ proxy, target, connectMs }: Route): Promise<Socket> {
  const { host, port, login } = proxy
  const { socket } = await SocksClient.createConnection({
    command: "connect",
    proxy: {
      host: host.replace(/^\[|\]$/g, ""),
      port,
      type: 5,
      ...(login && { userId: login.username, password: login.password }),
    },
    destination: target,
    timeout: connectMs,
    set_tcp_nodelay: true,
  })
  return socket
}

/** The library has sentences only. */
function failureIn(cause: unknown): ConnectFailure {
  const said = cause instanceof Error ? cause.message : ""
  if (/auth/i.test(said)) return "PROXY_LOGIN_REFUSED"
  if (/timed out/i.test(said)) return "CONNECT_TIMEOUT"
  return /socks5 proxy rejected/i.test(said) ? "PROXY_REFUSED" : "PROXY_UNREACHABLE"
}
