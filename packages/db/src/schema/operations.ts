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
    (t) => [c.index("audit_log_at").on(t.at)],
  ),
})
