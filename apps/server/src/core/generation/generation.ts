import type { Batch, Dialect, Usage } from "@nio/adapters"
import type { Micropoints } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Rate, Rates } from "./take-turn.ts"
import type { Work } from "./work.ts"

/** Somebody asks a model, for an answer or for other work. `request.model` is the name they know it by. */
export type Ask = Manner & {
  /** Names the request everywhere: in the ledger, the usage log, and to the caller as `x-request-id`. */
  id: string
  actor: Actor
  request: Work
  source: "chat" | "relay"
  /** Aborting it gives up the upstream at once; what was delivered by then is charged. */
  signal: AbortSignal
  /** For those who want to know what happened on the way, also when nobody answered. */
  trace?: Trace
}

/** How an answer is to be found. */
export type Manner = {
  /** Whether the web is searched for the last question first; as the model's name says when left out. */
  search?: boolean
  /** Whether an answer is wanted that nobody has heard yet. It is remembered like any other. */
  fresh?: boolean
}

/** Hears of every attempt to get an answer, and of what is left of the caller's limits. */
export type Trace = {
  /** Relays like this one that the request came through. */
  hops: number
  /** A request was counted, or refused, by this limit. Of two of a kind the tighter is worth telling. */
  limited(what: keyof Rates, rate: Rate): void
  /** A channel is asked. @returns what is called when the waiting for it is over */
  asks(channelId: string): () => void
}

/** An answer under way, already past the point where another channel could be tried. */
export type Generation = {
  id: string
  /** Undefined when only the events tell the answer. */
  dialect: Dialect | undefined
  stream: boolean
  headers: Readonly<Record<string, string>>
  /** The channel that answers, for logs and the `x-channel` header; undefined when none was asked. */
  channelId: string | undefined
  /** Whether the upstream calls the model otherwise than the caller does. */
  renamed: boolean
  /** Attempts it took, from 1; 0 for a remembered answer. */
  attempts: number
  /** Whether the answer was remembered; left out for models whose answers are not. */
  cache?: "hit" | "miss"
  /**
   * The next batch; undefined once, at an honest end. Settles the bill on its way out, also when it throws.
   * @throws AppError `upstream.interrupted`, or the signal's reason
   */
  next(): Promise<Batch | undefined>
  /** Leaves early: gives up the upstream and settles what was delivered. Idempotent, harmless after the end. */
  close(): void
  /** Resolves when the points are taken, however the answer ended. Never rejects. */
  bill: Promise<Bill>
}

export type Bill = {
  charge: Micropoints
  /** The item of a plan that paid, with one use; null when points did, or nobody. */
  plan: string | null
  usage: Usage
  /** Who counted: the upstream, we, somebody at another time, or nobody since nothing was delivered. */
  usageFrom: "upstream" | "counted" | "cache" | "none"
}
