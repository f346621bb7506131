import type { Outbound, OutboundProxy } from "../core/routing/outbound.ts"
import { ConnectError } from "./outbound/connect-error.ts"
import { connectInTime } from "./outbound/connect-in-time.ts"
import { socksTunnel, type Tunnel } from "./outbound/socks-tunnel.ts"

const direct: Outbound = { connectMs: 10_000 }

/**
 * For channel addresses, which administrators set and which may be private. Redirects are not
 * followed: they would carry the key to wherever the upstream points. Time and size are limited by
 * the adapters, which know what an answer may take; Bun's own five minutes of silence do not apply.
 *
 * @throws ConnectError when the proxy, or nobody in time, lets us through; what `fetch` throws
 */
export async function upstreamFetch(
  url: string,
  init: RequestInit,
  { proxy, connectMs }: Outbound = direct,
): Promise<Response> {
  const ours: BunRequestInit = { ...init, redirect: "manual", timeout: false }
  const target = placeOf(url)
  if (!proxy) return connectInTime(target, connectMs, fetch(url, ours))
  const place = { host: bare(proxy.host), port: proxy.port }
  if (proxy.scheme === "socks5") {
    const tunnel = socksTunnel(proxy, target, connectMs)
    const startedAt = performance.now()
    const work = fetch(url, { ...ours, unix: tunnel.path } as BunRequestInit)
    return connectInTime(place, connectMs, explained(work, tunnel, startedAt))
  }
  const work = fetch(url, { ...ours, proxy: addressOf(proxy) } as BunRequestInit)
  return connectInTime(place, connectMs, letThrough(work))
}

/** What is Bun's alone; `timeout` is missing from its types. */
type BunRequestInit = RequestInit & { timeout: false; proxy?: string; unix?: string }

/**
 * A WebSocket to a channel's upstream, which fails when it is not open in time. Bun's sockets take
 * headers, a proxy and a socket file, which the browser's, whose types are in force, do not.
 */
export function upstreamSocket(
  url: string,
  headers: Readonly<Record<string, string>>,
  { proxy, connectMs }: Outbound = direct,
): WebSocket {
  if (proxy?.scheme !== "socks5")
    return openInTime(url, { headers, ...(proxy && { proxy: addressOf(proxy) }) }, connectMs)
  const { host, hostname, pathname, search, protocol } = new URL(url)
  const { path } = socksTunnel(proxy, placeOf(url), connectMs)
  const address = `${protocol.slice(0, -1)}+unix://${path}:${pathname}${search}`
  const options = { headers: { ...headers, host }, tls: { serverName: bare(hostname) } }
  return openInTime(address, options, connectMs)
}

function openInTime(url: string, options: object, connectMs: number): WebSocket {
  const socket = new WebSocket(url, options as unknown as string[])
  const timer = setTimeout(() => socket.close(), connectMs)
  for (const event of ["open", "close"] as const)
    socket.addEventListener(event, () => clearTimeout(timer), { once: true })
  return socket
}

const defaultPorts: Record<string, number> = { "https:": 443, "wss:": 443 }

function placeOf(url: string) {
  const { hostname, port, protocol } = new URL(url)
  return { host: bare(hostname), port: Number(port) || (defaultPorts[protocol] ?? 80) }
}

/** An IPv6 address without the brackets an address bar wants. */
const bare = (host: string) => host.replace(/^\[|\]$/g, "")

function addressOf({ scheme, host, port, login }: OutboundProxy): string {
  const name = login
    ? `${encodeURIComponent(login.username)}:${encodeURIComponent(login.password)}@`
    : ""
  return `${scheme}://${name}${host}:${port}`
}

/** A proxy that does not know us answers in the upstream's place, or does not open the way to it. */
async function letThrough(work: Promise<Response>): Promise<Response> {
  try {
    const response = await work
    if (response.status !== 407) return response
    await response.body?.cancel()
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : ""
    if (!/proxy/i.test(said)) throw cause
    if (!said.includes("407")) throw new ConnectError("PROXY_REFUSED")
  }
  throw new ConnectError("PROXY_LOGIN_REFUSED")
}

/** What Bun sees of a tunnel that leads nowhere is a connection that closed. */
async function explained(work: Promise<Response>, tunnel: Tunnel, startedAt: number) {
  try {
    return await work
  } catch (cause) {
    const { failure } = tunnel
    throw failure && failure.at >= startedAt ? new ConnectError(failure.code) : cause
  }
}
