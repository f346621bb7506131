import type { Columns } from "../dialect/columns.ts"

/** What an administrator edits and every node holds in memory as the live view. */
export const routingTables = (c: Columns) => ({
  channels: c.table("channels", {
    id: c.id().primaryKey(),
    name: c.string(64).notNull(),
    enabled: c.flag().notNull(),
    /** `ChannelConfig` of the contract, parsed by the core on read. */
    config: c.json().notNull(),
    /** The secret, one key per element. Apart from `config`, so that a list cannot show it by accident. */
    secrets: c.json().notNull(),
    updatedAt: c.int53().notNull(),
  }),

  /**
   * Keys that an upstream does not accept: they sit out until somebody acts. `keyId` is made of the
   * channel and the key, so that a new key is not taken for the old one.
   */
  suspendedKeys: c.table(
    "suspended_keys",
    {
      keyId: c.string(16).primaryKey(),
      channelId: c.id().notNull(),
      /** The upstream's words, with keys and addresses hidden. */
      message: c.text().notNull(),
      since: c.int53().notNull(),
    },
    (t) => [c.index("suspended_keys_channel").on(t.channelId)],
  ),

  /** The first rule, by `position`, that lists a model is the model's price. */
  prices: c.table(
    "prices",
    {
      id: c.id().primaryKey(),
      position: c.count().notNull(),
      type: c.string(16).$type<PriceType>().notNull(),
      models: c.json().notNull(),
      /** Micropoints per million input tokens; 0 unless `per-token`. */
      input: c.int53().notNull(),
      /** Micropoints per million output tokens, or per request. */
      output: c.int53().notNull(),
      anonymous: c.flag().notNull(),
      updatedAt: c.int53().notNull(),
      /** `PriceDetails` of the contract: what cached input, pictures, seconds and the like cost; null for two numbers. */
      details: c.json(),
    },
    (t) => [c.index("prices_position").on(t.position)],
  ),

  /** `Plan` of the contract, one row per level that is configured. */
  plans: c.table("plans", {
    level: c.count().primaryKey(),
    plan: c.json().notNull(),
    updatedAt: c.int53().notNull(),
  }),

  /** How models are shown, in order. `entry` is parsed by the core on read. */
  marketEntries: c.table(
    "market_entries",
    {
      model: c.string(255).primaryKey(),
      position: c.count().notNull(),
      entry: c.json().notNull(),
      updatedAt: c.int53().notNull(),
    },
    (t) => [c.index("market_entries_position").on(t.position)],
  ),

  settings: c.table("settings", {
    key: c.string(64).primaryKey(),
    value: c.json().notNull(),
    updatedAt: c.int53().notNull(),
  }),

  /** One row per topic. Nodes compare it with what they hold to notice a missed message. */
  revisions: c.table("revisions", {
    topic: c.string(32).primaryKey(),
    value: c.int53().notNull(),
  }),
})

export type PriceType = "free" | "per-request" | "per-token"
