import type { Timeouts, Upstream } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import type { LiveChannel } from "../live/live.ts"
import { fetchPicture } from "./fetch-picture.ts"

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

/** The way to a channel's upstream with one of its keys. `timeouts` stand in for the channel's own. */
export const upstreamOf = (
  deps: Deps,
  { channel, key }: Way,
  signal: AbortSignal,
  timeouts: Partial<Timeouts> = {},
): Upstream => ({
  channelId: channel.id,
  baseUrl: channel.baseUrl.replace(/\/+$/, ""),
  key: key.secret,
  timeouts: {
    firstByteMs: channel.firstByteSeconds * 1_000,
    idleMs: channel.idleSeconds * 1_000,
    totalMs: Math.min(deps.answerMsMax, channel.totalSeconds * 1_000),
    ...timeouts,
  },
  headers: channel.headers,
  fetch: deps.fetch,
  openSocket: deps.openSocket,
  download: (url) => fetchPicture(deps, url, signal),
  signal,
})
