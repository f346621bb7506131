import type { Fetch, OpenSocket, Provider } from "@nio/adapters"
import type { Db } from "@nio/db"
import type { Ledger } from "./billing/ledger.ts"
import type { Underway } from "./generation/underway.ts"
import type { OldSite } from "./import/chatnio/old-site.ts"
import type { LiveHolder } from "./live/live.ts"
import type { Oidc } from "./oidc/oidc.ts"
import type { Health } from "./routing/health.ts"
import type { Outbound } from "./routing/outbound.ts"

/** The handful of things the core may touch. Everything it knows of the world comes through here. */
export type Deps = {
  db: Db
  kv: Kv
  bus: Bus
  live: LiveHolder
  ledger: Ledger
  health: Health
  /** The generations of this process that have not ended. */
  underway: Underway
  tokens: TokenCounter
  vault: Vault
  sendMail: SendMail
  /** Asks issuers of OpenID Connect who somebody is. */
  oidc: Oidc
  providers: ReadonlyMap<string, Provider>
  /** For channel addresses, which administrators set and which may be private. */
  fetch: (...call: [...Parameters<Fetch>, outbound?: Outbound]) => ReturnType<Fetch>
  /** The same for upstreams that speak over a WebSocket. */
  openSocket: (...call: [...Parameters<OpenSocket>, outbound?: Outbound]) => ReturnType<OpenSocket>
  /** For addresses of services that administrators set outside of channels. */
  fetchText: FetchText
  /** For every address a user or an upstream can influence. */
  download: Download
  /** The longest one answer may take, whatever its channel allows. */
  answerMsMax: number
  /** A Chat Nio installation in this server's own database; undefined when there is none. */
  former?: FormerSite | undefined
  now: () => number
  random: () => number
  newId: () => string
  log: Log
  /** This process, for as long as it runs. */
  nodeId: string
}

/** `open` is closed by whoever opened it. */
export type FormerSite = {
  open(zone: string): Promise<OldSite>
  /** A new file for the lines of a report. */
  openReport(name: string): Promise<{ write(line: object): void; close(): Promise<void> }>
}

/** Limited in time and size, redirects included; throws an Error whose message names no address. */
export type FetchText = (
  address: string,
  limits: { timeoutMs: number; bytesMax: number; signal?: AbortSignal },
) => Promise<{ status: number; text: string }>

/**
 * Fetches from the public internet only, within limits. Rejects with an error whose message is fit
 * to be shown, or with the signal's reason.
 */
export type Download = (address: string, limits: DownloadLimits) => Promise<Downloaded>
export type DownloadLimits = { timeoutMs: number; bytesMax: number; signal: AbortSignal }
export type Downloaded = { status: number; contentType: string | null; bytes: Uint8Array }

/** Works with keys that are derived from the installation's secret. */
export type Vault = {
  /** For secrets that must be read again: nobody who reads the database alone can. */
  seal(text: string): string
  /** Undefined for what was not sealed by this installation, or was changed since. */
  open(sealed: string): string | undefined
  /** A hash of what is too short to be hashed without a secret, such as a code of six digits. Hexadecimal. */
  tag(text: string): string
}

/** Hands one mail to a server, which is the administrator's choice and may be private. Never throws. */
export type SendMail = (server: MailServer, mail: Mail) => Promise<MailOutcome>
export type MailServer = {
  host: string
  port: number
  security: "tls" | "starttls" | "plain"
  /** Left out where the server asks for none. */
  login?: { username: string; password: string }
}
export type Mail = {
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
}
/** What both sides said, a line each and without credentials; `failure` when the server did not take it. */
export type MailOutcome = { transcript: readonly string[]; failure?: string }

/** Counts tokens where an upstream has not. Never on the way of an answer. */
export type TokenCounter = { count(text: string): Promise<number>; close(): void }

/**
 * Small shared memory. May lose everything at any time: then things are slower, or a limit starts
 * afresh, and nothing is wrong.
 */
export type Kv = {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, ttlMs: number): Promise<void>
  delete(key: string): Promise<void>
  /** Reads and removes in one step: of any number of callers, one gets it. */
  take(key: string): Promise<string | undefined>
  /**
   * Takes `cost` from a bucket that holds `capacity` and refills evenly.
   * @returns 0 when it was taken, else the milliseconds until it could be; nothing is taken then.
   */
  spend(key: string, bucket: Bucket, cost?: number): Promise<number>
  /**
   * The same, and tells how empty the bucket is. `owing` takes also what the bucket has not got, and
   * gives back when `cost` is negative: for what turns out to be more or less than was thought.
   */
  draw(key: string, bucket: Bucket, cost: number, owing?: boolean): Promise<Draw>
  /**
   * Makes `holder` one of at most `max` holders of `key`, for `ttlMs`; again, to stay one. Whoever
   * dies gives back by not asking again. @returns false when there are `max` others.
   */
  lease(key: string, holder: string, max: number, ttlMs: number): Promise<boolean>
  release(key: string, holder: string): Promise<void>
  close(): Promise<void>
}
export type Bucket = { capacity: number; perSecond: number }
/** `waitMs` is 0 when it was taken, as for `spend`; in `fullMs` the bucket will be full again. */
export type Draw = { waitMs: number; fullMs: number }

/** Messages between nodes. May lose any of them. A node hears its own. */
export type Bus = {
  publish(topic: string, message: string): Promise<void>
  /** @returns a function that ends the subscription. */
  subscribe(topic: string, listener: (message: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** A periodic task that runs on one node at a time. Its failure is logged and it runs again. */
export type Job = { name: string; everyMs: number; run: () => Promise<void> }

export type Jobs = {
  start(jobs: readonly Job[]): Promise<void>
  /** Waits for what is running. */
  close(): Promise<void>
}

export type LogFields = Record<string, unknown>
export type Log = {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  child(fields: LogFields): Log
}
