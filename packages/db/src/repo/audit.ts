import { and, asc, desc, eq, gte, inArray, lt } from "drizzle-orm"
import type { Db } from "../db.ts"
import { contains } from "./like.ts"
import { nameKeyOf } from "./users.ts"

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

export type AuditFilter = { act?: string; actor?: string; from?: number; until?: number }

/** Newest first, with the names of who did it and of the user or channel it was done to. */
export async function listAudit(
  db: Db,
  { before, limit, act, actor, from, until }: AuditFilter & { before?: string; limit: number },
) {
  const { auditLog, users, channels } = db.t
  const rows = await db.orm
    .select({
      id: auditLog.id,
      at: auditLog.at,
      actor: users.name,
      act: auditLog.act,
      targetId: auditLog.targetId,
      channel: channels.name,
      before: auditLog.before,
      after: auditLog.after,
    })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .leftJoin(channels, eq(channels.id, auditLog.targetId))
    .where(
      and(
        before === undefined ? undefined : lt(auditLog.id, before),
        act === undefined ? undefined : eq(auditLog.act, act),
        actor === undefined ? undefined : contains(users.nameKey, nameKeyOf(actor)),
        from === undefined ? undefined : gte(auditLog.at, from),
        until === undefined ? undefined : lt(auditLog.at, until),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit)
  const names = await namesOf(
    db,
    rows.map(({ targetId }) => targetId),
  )
  return rows.map((row) => ({ ...row, user: names.get(row.targetId) ?? null }))
}

async function namesOf({ orm, t }: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await orm
    .select({ id: t.users.id, name: t.users.name })
    .from(t.users)
    .where(inArray(t.users.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function listActs({ orm, t }: Db): Promise<string[]> {
  const rows = await orm
    .selectDistinct({ act: t.auditLog.act })
    .from(t.auditLog)
    .orderBy(asc(t.auditLog.act))
  return rows.map(({ act }) => act)
}
