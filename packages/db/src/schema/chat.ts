import type { Columns } from "../dialect/columns.ts"

export const chatTables = (c: Columns) => ({
  /** A tree of messages. `leafId` is the end of the path its owner is looking at. */
  conversations: c.table(
    "conversations",
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      title: c.string(255).notNull(),
      model: c.string(255).notNull(),
      leafId: c.id(),
      createdAt: c.int53().notNull(),
      updatedAt: c.int53().notNull(),
    },
    (t) => [c.index("conversations_recent").on(t.userId, t.updatedAt, t.id)],
  ),

  /** Never overwritten by an edit: edits and regenerations are siblings under one parent. */
  messages: c.table(
    "messages",
    {
      id: c.id().primaryKey(),
      conversationId: c.id().notNull(),
      parentId: c.id(),
      role: c.string(16).$type<MessageRole>().notNull(),
      text: c.text().notNull(),
      reasoning: c.text().notNull(),
      /** Image addresses and data URLs that belong to a user's message. */
      images: c.json().notNull(),
      model: c.string(255),
      state: c.string(16).$type<MessageState>().notNull(),
      /** Why it failed: `{ code, params }`. */
      failure: c.json(),
      inputTokens: c.count(),
      outputTokens: c.count(),
      /** Micropoints taken for it. */
      charge: c.int53(),
      createdAt: c.int53().notNull(),
      finishedAt: c.int53(),
    },
    (t) => [c.index("messages_conversation").on(t.conversationId, t.id)],
  ),

  /**
   * An answer being written, one row while it lasts, at most one per conversation. Whoever owns it
   * moves `aliveUntil` forward; when that stops, the run was interrupted.
   */
  runs: c.table(
    "runs",
    {
      id: c.id().primaryKey(),
      conversationId: c.id().notNull(),
      messageId: c.id().notNull(),
      userId: c.id().notNull(),
      nodeId: c.id().notNull(),
      /** The last frame whose text is in the message's row. */
      seq: c.count().notNull(),
      /** Somebody on another node asked for its end; the owner looks here, for a message may be lost. */
      stopAsked: c.flag().notNull(),
      startedAt: c.int53().notNull(),
      aliveUntil: c.int53().notNull(),
    },
    (t) => [
      c.unique("runs_conversation").on(t.conversationId),
      c.index("runs_node").on(t.nodeId),
      c.index("runs_alive").on(t.aliveUntil),
    ],
  ),
})

export type MessageRole = "system" | "user" | "assistant"
export type MessageState = "done" | "writing" | "stopped" | "failed" | "interrupted"
