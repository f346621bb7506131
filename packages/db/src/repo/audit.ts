import type { Db } from "../db.ts"

/** `before` and `after` as an administrator may read them: never a secret. */
export async function insertAudit(
  { orm, t }: Db,
  entry: {
    id: string
    at: number
    actorId: string
    act: string
    targetId: string
    before: unknown
    after: unknown
  },
) {
  await orm.insert(t.auditLog).values(entry)
}
