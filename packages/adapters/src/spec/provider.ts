import type { Answer } from "./answer.ts"
import type { ChatRequest, Dialect, Native } from "./chat.ts"
import type { Tasks } from "./task.ts"

export type Fetch = (url: string, init: RequestInit) => Promise<Response>
/** Opens a WebSocket, for the upstreams that speak over one. */
export type OpenSocket = (url: string, headers: Readonly<Record<string, string>>) => WebSocket

/**
 * Fetches a picture from an address somebody named, for upstreams that take no addresses: under a
 * guard, within limits of size and time.
 *
 * @throws UpstreamError `invalid-request` when there is none to be had
 */
export type Download = (url: string) => Promise<Picture>
export type Picture = { mime: string; bytes: Uint8Array }

/** One upstream's way to tell that something has changed, so that it need not be asked all the time. */
export type Notice = {
  /** Where it is told; known to nobody else. */
  url: string
  /** Resolves when something was told since the last time this was asked. May never. */
  heard(): Promise<void>
  /** Nothing more is expected. Idempotent. */
  close(): void
}

/** All in milliseconds. */
export type Timeouts = {
  /** Until the first byte of the answer. */
  firstByteMs: number
  /** Between two reads; comments and pings count as life. */
  idleMs: number
  totalMs: number
}

/** One way to an upstream, for one attempt. */
export type Upstream = {
  /** Shown in errors in place of the address: `channel://<id>`. */
  channelId: string
  /** Without a trailing slash. */
  baseUrl: string
  /** One line of the channel's secret; parts joined by `|`. */
  key: string
  timeouts: Timeouts
  /** The channel's own headers, put over ours. Lower-case names. */
  headers: Readonly<Record<string, string>>
  /** What else nobody may read in an error: values of those headers, the proxy and who we are there. */
  secrets?: readonly string[]
  fetch: Fetch
  openSocket: OpenSocket
  download: Download
  /** Undefined, also as its result, where no upstream could reach us. */
  expectNotice?: () => Promise<Notice | undefined>
  signal: AbortSignal
}

/** An upstream family: how to speak to it and what to offer in the admin form. */
export type Provider = {
  /** Stored in channels; never changes. */
  id: string
  /** Its proper name, for people. */
  name: string
  /** Default address. */
  baseUrl: string
  /** What a key looks like; parts joined by `|`. */
  keyFormat: string
  /** Names offered in the admin form. */
  models: readonly string[]
  /** The service has ended or is about to; kept for those who run one like it. */
  deprecated?: boolean
  /** What it speaks: a caller of the same dialect gets its bytes untouched. Undefined for one of its own. */
  dialect: Dialect | undefined
  /**
   * Asks for an answer. Resolves when the upstream has accepted the request.
   * @throws UpstreamError, or the signal's reason when the caller gave up
   */
  chat(request: ChatRequest, upstream: Upstream): Promise<Answer>
  /**
   * Tells how many tokens a request of its own dialect is, for those that can.
   * @throws UpstreamError, or the signal's reason when the caller gave up
   */
  countTokens?(native: Native, model: string, upstream: Upstream): Promise<number>
  /** Earlier work this request goes on from, by its `Answer.work`: only who did it can. */
  goesOnFrom?(request: ChatRequest): string | undefined
  /** Addresses from which notices of the upstream with this key come; none when from anywhere. */
  noticesFrom?(key: string): readonly string[]
  /** What it does besides. */
  tasks?: Tasks
  /**
   * The upstream's own list of its models, for those that have one.
   * @throws UpstreamError, or the signal's reason when the caller gave up
   */
  listModels?(upstream: Upstream): Promise<string[]>
}
