import type { billing } from "@nio/db"
import type { Micropoints } from "../../contract/index.ts"
import type { Rates } from "./terms.ts"

/** The price as a usage line keeps it, with what the line's columns leave open, so that `explainCharge` can do the sum again. */
export type PriceKept = Rates & {
  /** As how many requests it was charged, when more than one. */
  requests?: number
  /** How much of the line's audio was output, when any was. */
  audioOutput?: number
}

/** What one generation came to, for the usage line. */
export type UsageLine = {
  userId: string
  keyId: string | null
  /** Whether the key's spend cap counts it. */
  capped?: boolean
  source: "chat" | "relay"
  model: string
  channelId: string | null
  /** The upstream's own name of the model; null when nobody answered. */
  upstreamModel: string | null
  /** Channels and keys it took; 0 when it never came to that. */
  attempts: number
  userGroup: string
  inputTokens: number
  outputTokens: number
  cachedTokens: number
  reasoningTokens: number
  cacheWriteTokens: number
  audioTokens: number
  /** Pictures made. */
  images: number
  /** How long what was made or heard lasts, in milliseconds. */
  mediaMs: number
  usageFrom: "upstream" | "counted" | "cache" | "none"
  /** What the operator pays the upstream for it. */
  cost: Micropoints
  /** The price the charge was made by, kept with the line. */
  price: PriceKept
  outcome: "done" | "stopped" | "failed" | "interrupted"
  errorCode: string | null
  /** How the answer ended, in the words of `FinishReason`; null when it did not. */
  finish: string | null
  firstMs: number | null
  totalMs: number
}

/**
 * The one place where points are set aside and taken. Calls made at the same time are written in
 * one transaction, without waiting for more to come.
 */
export type Ledger = {
  /**
   * Sets `amount` aside before the first upstream byte. `amount` 0 needs no account and leaves no
   * hold. With a `plan` that has a use left, the use is taken instead: in the same transaction, and
   * given back by `settle` when nothing was delivered.
   * @returns "plan" when that paid; false when the account has less than `amount` available.
   */
  open(hold: {
    id: string
    accountId: string
    amount: Micropoints
    usage: UsageLine
    plan?: billing.PlanUse
  }): Promise<billing.Opened>
  /**
   * Notes what is due so far. Best effort, batched. When this process dies, the hold is resolved by
   * its last checkpoint.
   */
  checkpoint(id: string, charge: Micropoints, usage: UsageLine): void
  /**
   * Ends the hold: takes `charge` (down to a balance of zero; the rest is written off), returns the
   * rest, writes the usage line. Exactly once: a repeat changes nothing. `held` is false for a
   * generation without a hold, which only leaves its usage line. Never dropped: while the database
   * is away, it waits.
   * @returns what was really taken.
   */
  settle(
    id: string,
    end: { held: boolean; charge: Micropoints; usage: UsageLine },
  ): Promise<Micropoints>
  /** What the account has to spend, holds already taken off. 0 when there is no account. */
  available(accountId: string): Promise<Micropoints>
  /** Writes checkpoints and renews the leases of open holds. Happens by itself every few seconds. */
  beat(): Promise<void>
  /** Writes what is still to be written; after `patienceMs` it gives up on a database that is away. */
  close(patienceMs?: number): Promise<void>
}
