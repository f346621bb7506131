import type { Columns } from "../dialect/columns.ts"

/** What the relay keeps for its callers between two requests. */
export const relayTables = (c: Columns) => ({
  /** Answers of the Responses API that were asked to be stored: seen by the key that made them alone. */
  storedResponses: c.table(
    "stored_responses",
    {
      /** `resp_…`, as the caller knows it. */
      id: c.string(64).primaryKey(),
      keyId: c.id().notNull(),
      userId: c.id().notNull(),
      /** The response it goes on from. */
      previousId: c.string(64),
      /** The channel that answered, and the id it calls the answer by, when the upstream keeps it too. */
      channelId: c.id(),
      upstreamId: c.string(128),
      /** The items asked with, without those of `previousId`. */
      input: c.json().notNull(),
      /** The response object, as the caller got it. */
      body: c.json().notNull(),
      createdAt: c.int53().notNull(),
      expiresAt: c.int53().notNull(),
    },
    (t) => [
      c.index("stored_responses_key").on(t.keyId, t.createdAt),
      c.index("stored_responses_expiry").on(t.expiresAt),
    ],
  ),
})
