import type { Timeouts, Upstream } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import type { LiveChannel } from "../live/live.ts"
import { fetchPicture } from "./fetch-picture.ts"
import { outboundOf } from "./outbound.ts"

/** A channel as far as its connections go. */
export type Reachable = Pick<
  LiveChannel,
  | "id"
  | "baseUrl"
  | "proxy"
  | "proxyLogin"
  | "headers"
  | "connectSeconds"
  | "firstByteSeconds"
  | "idleSeconds"
  | "totalSeconds"
>
type Way = { channel: Reachable; key: { secret: string } }

/** Counts the relays like this one that a request came through, so that a circle is noticed. */
export const hopHeader = "x-relay-hops"

/** The way to a channel's upstream with one of its keys. `timeouts` stand in for the channel's own. */
export const upstreamOf = (
  deps: Deps,
  { channel, key }: Way,
  signal: AbortSignal,
  { hops = 0, ...timeouts }: Partial<Timeouts> & { hops?: number } = {},
): Upstream => {
  const outbound = outboundOf(channel)
  return {
    channelId: channel.id,
    baseUrl: channel.baseUrl.replace(/\/+$/, ""),
    key: key.secret,
    timeouts: {
      firstByteMs: channel.firstByteSeconds * 1_000,
      idleMs: channel.idleSeconds * 1_000,
      totalMs: Math.min(deps.answerMsMax, channel.totalSeconds * 1_000),
      ...timeouts,
    },
    headers: { ...channel.headers, [hopHeader]: String(hops + 1) },
    secrets: secretsOf(channel),
    fetch: (url, init) => deps.fetch(url, init, outbound),
    openSocket: (url, headers) => deps.openSocket(url, headers, outbound),
    download: (url) => fetchPicture(deps, url, signal),
    signal,
  }
}

/** Beside the key and the address. */
const secretsOf = ({ headers, proxy, proxyLogin }: Reachable): string[] => [
  ...Object.values(headers),
  ...(proxy ? [`${proxy.host}:${proxy.port}`, proxy.host] : []),
  ...(proxyLogin ? [proxyLogin.username, proxyLogin.password] : []),
]
