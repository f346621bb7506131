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
      /** Its owner's count of conversations, by which clients of the original ask for it; null until one does. */
      number: c.count(),
    },
    (t) => [
      c.index("conversations_recent").on(t.userId, t.updatedAt, t.id),
      c.unique("conversations_number").on(t.userId, t.number),
    ],
  ),

  /** What somebody showed to the world: a copy made when it was shared. `id` is in its address. */
  shares: c.table(
    "shares",
    {
      id: c.string(64).primaryKey(),
      userId: c.id().notNull(),
      conversationId: c.id(),
      title: c.string(255).notNull(),
      model: c.string(255).notNull(),
      /** `[{ role, text, … }]`, parsed by the core on read. */
      messages: c.json().notNull(),
      createdAt: c.int53().notNull(),
    },
    (t) => [c.index("shares_user").on(t.userId, t.createdAt)],
  ),

  /** What a conversation can begin with. */
  presets: c.table(
    "presets",
    {
      id: c.id().primaryKey(),
      userId: c.id().notNull(),
      /** Its owner's count, for clients of the original. */
      number: c.count().notNull(),
      name: c.string(255).notNull(),
      /** An emoji's code points in hex, or a picture's address. */
      avatar: c.string(255).notNull(),
      description: c.text().notNull(),
      /** `[{ role, text }]`, parsed by the core on read. */
      messages: c.json().notNull(),
      createdAt: c.int53().notNull(),
      updatedAt: c.int53().notNull(),
    },
    (t) => [c.unique("presets_number").on(t.userId, t.number)],
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
