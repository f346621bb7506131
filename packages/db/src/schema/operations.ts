import type { Columns } from "../dialect/columns.ts"

export const operationsTables = (c: Columns) => ({
  /** Every act of an administrator: who, what, on what, before and after (secrets never). */
  auditLog: c.table(
    "audit_log",
    {
      id: c.id().primaryKey(),
      at: c.int53().notNull(),
      actorId: c.id().notNull(),
      /** The verb's name: `channel.update`. */
      act: c.string(64).notNull(),
      targetId: c.string(64).notNull(),
      before: c.json(),
      after: c.json(),
    },
    (t) => [c.index("audit_log_at").on(t.at), c.index("audit_log_actor").on(t.actorId, t.at)],
  ),

  /** What the operator tells everybody; the newest is shown. */
  notices: c.table(
    "notices",
    {
      id: c.id().primaryKey(),
      authorId: c.id().notNull(),
      text: c.text().notNull(),
      createdAt: c.int53().notNull(),
    },
    (t) => [c.index("notices_at").on(t.createdAt)],
  ),

  /** What came from another installation, so that a second import adds only what is new. */
  imported: c.table(
    "imported",
    {
      /** Of the installation it came from. */
      source: c.string(64).notNull(),
      /** `user`, `conversation`, … */
      kind: c.string(32).notNull(),
      sourceId: c.string(255).notNull(),
      /** What became of it here; null when it was skipped. */
      targetId: c.string(64),
      /** Why it was skipped; empty when it was not. */
      reason: c.string(255).notNull(),
      at: c.int53().notNull(),
    },
    (t) => [
      c.primaryKey({ name: "imported_key", columns: [t.source, t.kind, t.sourceId] }),
      c.index("imported_target").on(t.kind, t.targetId),
    ],
  ),
})
