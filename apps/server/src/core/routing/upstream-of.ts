import type { Timeouts, Upstream } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import type { LiveChannel } from "../live/live.ts"

const idleMs = 120_000

type Way = { channel: Pick<LiveChannel, "id" | "baseUrl" | "firstByteSeconds">; key: string }

/** The way to a channel's upstream with one of its keys. `timeouts` stand in for the channel's own. */
export const upstreamOf = (
  deps: Deps,
  { channel, key }: Way,
  signal: AbortSignal,
  timeouts: Partial<Timeouts> = {},
): Upstream => ({
  channelId: channel.id,
  baseUrl: channel.baseUrl.replace(/\/+$/, ""),
  key,
  timeouts: {
    firstByteMs: channel.firstByteSeconds * 1_000,
    idleMs,
    totalMs: deps.answerMsMax,
    ...timeouts,
  },
  headers: {},
  fetch: deps.fetch,
  openSocket: deps.openSocket,
  signal,
})
