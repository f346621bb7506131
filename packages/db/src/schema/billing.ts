import { sql } from "drizzle-orm"
import type { Columns } from "../dialect/columns.ts"

/** All amounts are micropoints, whole and never negative. */
export const billingTables = (c: Columns) => ({
  /** A cache of `transfers` and `holds`. `available + held` is what the owner has. `id` is the user's id. */
  accounts: c.table(
    "accounts",
    {
      id: c.id().primaryKey(),
      available: c.int53().notNull(),
      held: c.int53().notNull(),
    },
    () => [
      c.check(
        "accounts_not_negative",
        sql`available >= 0 and held >= 0 and available + held <= 9007199254740991`,
      ),
    ],
  ),

  /**
   * Points set aside for one generation until it is settled or released, exactly once. `expiresAt`
   * is moved forward while the generation lives; past it, the hold is resolved by its checkpoint.
   */
  holds: c.table(
    "holds",
    {
      id: c.id().primaryKey(),
      accountId: c.id().notNull(),
      amount: c.int53().notNull(),
      state: c.string(16).$type<HoldState>().notNull(),
      /** What is due for that which has been delivered so far. */
      charge: c.int53().notNull(),
      /** What really left the account; null while open. */
      taken: c.int53(),
      /** A draft of the usage line, so that a crash leaves one too. Null once it is written. */
      usage: c.json().notNull(),
      createdAt: c.int53().notNull(),
      expiresAt: c.int53().notNull(),
    },
    (t) => [c.index("holds_expiry").on(t.state, t.expiresAt)],
  ),

  /**
   * The ledger: append-only, every row moves points from one account to another, so the books
   * balance by construction.
   */
  transfers: c.table(
    "transfers",
    {
      id: c.id().primaryKey(),
      fromId: c.id().notNull(),
      toId: c.id().notNull(),
      amount: c.int53().notNull(),
      /** What caused it: `hold:…`, `admin:…`, `grant:…`. Unique, so a replay changes nothing. */
      reference: c.string(96).notNull(),
      /** A person's words, for movements made by one. */
      reason: c.string(255).notNull(),
      createdAt: c.int53().notNull(),
    },
    (t) => [
      c.unique("transfers_reference").on(t.reference),
      c.index("transfers_from").on(t.fromId, t.createdAt),
      c.index("transfers_to").on(t.toId, t.createdAt),
    ],
  ),

  /** One line per generation, also for free and failed ones. `id` is what its caller knows as `x-request-id`. */
  usageLog: c.table(
    "usage_log",
    {
      id: c.id().primaryKey(),
      at: c.int53().notNull(),
      userId: c.id().notNull(),
      keyId: c.id(),
      /** `chat` or `relay`. */
      source: c.string(16).notNull(),
      model: c.string(255).notNull(),
      channelId: c.id(),
      /** The upstream's own name of the model; null when nobody answered. */
      upstreamModel: c.string(255),
      /** Channels and keys it took, from 1; 0 when it never came to that. */
      attempts: c.count().notNull().default(0),
      userGroup: c.string(16).notNull(),
      inputTokens: c.count().notNull(),
      outputTokens: c.count().notNull(),
      cachedTokens: c.count().notNull(),
      reasoningTokens: c.count().notNull(),
      /** Part of `inputTokens`, as are the cached ones: written to the upstream's cache. */
      cacheWriteTokens: c.count().notNull().default(0),
      /** Part of `inputTokens` and `outputTokens`. */
      audioTokens: c.count().notNull().default(0),
      /** Pictures made. */
      images: c.count().notNull().default(0),
      /** `upstream`, `counted`, `cache` for an answer told again, or `none` when nothing was delivered. */
      usageFrom: c.string(16).notNull(),
      charge: c.int53().notNull(),
      /** What the answer cost beyond the balance; the operator's loss. */
      writtenOff: c.int53().notNull(),
      /** What the operator pays the upstream for it, by the channel's cost prices. */
      cost: c.int53().notNull().default(0),
      /** The price the charge was made by. */
      price: c.json().notNull(),
      outcome: c.string(16).$type<UsageOutcome>().notNull(),
      errorCode: c.string(64),
      /** How the answer ended, in the words of `FinishReason`; null when it did not. */
      finish: c.string(16),
      firstMs: c.count(),
      totalMs: c.count().notNull(),
    },
    (t) => [c.index("usage_log_at").on(t.at), c.index("usage_log_user").on(t.userId, t.at)],
  ),

  /**
   * `usage_log` by the hour, kept in the transaction that writes the line: the dashboard reads this
   * only. `shard` keeps nodes from waiting for each other's rows.
   */
  usageHours: c.table(
    "usage_hours",
    {
      hour: c.count().notNull(),
      model: c.string(255).notNull(),
      channelId: c.id().notNull(),
      userGroup: c.string(16).notNull(),
      shard: c.count().notNull(),
      requests: c.int53().notNull(),
      failures: c.int53().notNull(),
      inputTokens: c.int53().notNull(),
      outputTokens: c.int53().notNull(),
      charge: c.int53().notNull(),
      writtenOff: c.int53().notNull(),
    },
    (t) => [
      c.primaryKey({
        name: "usage_hours_key",
        columns: [t.hour, t.model, t.channelId, t.userGroup, t.shard],
      }),
    ],
  ),
})

export type HoldState = "open" | "settled" | "released"
export type UsageOutcome = "done" | "stopped" | "failed" | "interrupted"

/** Where points come from and go to. These accounts have no row: their balance is a sum. */
export const site = { issued: "site:issued", revenue: "site:revenue" } as const
