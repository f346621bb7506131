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
      /** The plan's item that pays for it with one use, and the window the use was counted in. Null: points pay. */
      planItem: c.string(64),
      planWindow: c.int53(),
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
      /** The plan's item that paid for it; null when points did, or nobody. */
      planItem: c.string(64),
      /** How long what was made or heard lasts, for prices by the second. */
      mediaMs: c.count().notNull().default(0),
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

  /** One plan per user. Over when `expiresAt` is past; the row stays, for its months count on. */
  subscriptions: c.table(
    "subscriptions",
    {
      userId: c.id().primaryKey(),
      /** 1 basic, 2 standard, 3 pro; 0 none. */
      level: c.count().notNull(),
      /** Monthly windows are counted from here, in UTC. */
      startedAt: c.int53().notNull(),
      expiresAt: c.int53().notNull(),
      /** Months ever paid for. */
      months: c.count().notNull(),
      updatedAt: c.int53().notNull(),
    },
    (t) => [c.index("subscriptions_expiry").on(t.expiresAt)],
  ),

  /** Uses of a plan's item in one window, `windowAt` being its beginning. Changed with the hold, in one transaction. */
  planCounters: c.table(
    "plan_counters",
    {
      userId: c.id().notNull(),
      itemId: c.string(64).notNull(),
      windowAt: c.int53().notNull(),
      used: c.int53().notNull(),
    },
    (t) => [c.primaryKey({ name: "plan_counters_key", columns: [t.userId, t.itemId] })],
  ),

  /** Codes made together. */
  codeBatches: c.table(
    "code_batches",
    {
      id: c.id().primaryKey(),
      kind: c.string(16).$type<CodeKind>().notNull(),
      name: c.string(64).notNull(),
      /** Of gift codes: each person may use one of a type. Empty for redeem codes. */
      type: c.string(64).notNull(),
      points: c.int53().notNull(),
      count: c.count().notNull(),
      createdBy: c.id().notNull(),
      createdAt: c.int53().notNull(),
      expiresAt: c.int53(),
    },
    (t) => [c.index("code_batches_kind").on(t.kind, t.createdAt)],
  ),

  /** `codeKey` is the code as it is compared: without case and blanks. */
  codes: c.table(
    "codes",
    {
      id: c.id().primaryKey(),
      batchId: c.id().notNull(),
      kind: c.string(16).$type<CodeKind>().notNull(),
      code: c.string(255).notNull(),
      codeKey: c.string(255).notNull(),
      type: c.string(64).notNull(),
      points: c.int53().notNull(),
      createdAt: c.int53().notNull(),
      expiresAt: c.int53(),
      revokedAt: c.int53(),
      usedAt: c.int53(),
      usedBy: c.id(),
    },
    (t) => [
      c.unique("codes_key").on(t.codeKey),
      c.index("codes_kind").on(t.kind, t.id),
      c.index("codes_batch").on(t.batchId),
      c.index("codes_user").on(t.usedBy),
    ],
  ),

  /** Which types of gift somebody has had. */
  giftClaims: c.table(
    "gift_claims",
    { userId: c.id().notNull(), type: c.string(64).notNull(), codeId: c.id().notNull() },
    (t) => [c.primaryKey({ name: "gift_claims_key", columns: [t.userId, t.type] })],
  ),
})

export type HoldState = "open" | "settled" | "released"
export type CodeKind = "gift" | "redeem"
export type UsageOutcome = "done" | "stopped" | "failed" | "interrupted"

/** Where points come from and go to. These accounts have no row: their balance is a sum. */
export const site = { issued: "site:issued", revenue: "site:revenue" } as const
