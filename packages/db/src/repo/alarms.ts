import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

/** What somebody wants to be told of, and what they have. Micropoints. */
export async function findAlarm({ orm, t }: Db, userId: string) {
  const { alarmBelow } = t.users
  const [row] = await orm
    .select({ below: alarmBelow, available: t.accounts.available })
    .from(t.users)
    .leftJoin(t.accounts, eq(t.accounts.id, t.users.id))
    .where(eq(t.users.id, userId))
  return { below: row?.below ?? null, available: row?.available ?? 0 }
}

/** A new threshold is one that nobody was told about yet. */
export async function saveAlarm({ orm, t }: Db, userId: string, below: number | null) {
  await orm
    .update(t.users)
    .set({ alarmBelow: below, alarmedAt: null })
    .where(eq(t.users.id, userId))
}

/** Those who have less than they want to be told of, and were not told. */
export async function dueAlarms({ orm, t }: Db, limit: number) {
  const { id, name, email, emailVerified, language, alarmBelow, alarmedAt, state } = t.users
  const { available } = t.accounts
  return orm
    .select({ id, name, email, emailVerified, language, below: alarmBelow, available })
    .from(t.users)
    .leftJoin(t.accounts, eq(t.accounts.id, id))
    .where(
      and(
        isNotNull(alarmBelow),
        isNull(alarmedAt),
        eq(state, "active"),
        lt(sql`coalesce(${available}, 0)`, alarmBelow),
      ),
    )
    .limit(limit)
}

/** @returns whether it was this caller who noted it: of any number, one. */
export async function markAlarmed({ orm, t }: Db, userId: string, now: number): Promise<boolean> {
  const { users } = t
  const waiting = and(eq(users.id, userId), isNotNull(users.alarmBelow), isNull(users.alarmedAt))
  return affectedRows(await orm.update(users).set({ alarmedAt: now }).where(waiting)) > 0
}

/** Whoever has enough again is told the next time. */
export async function rearmAlarms(db: Db): Promise<number> {
  return db.run(
    `update users set alarmed_at = null where alarmed_at is not null and exists (
      select 1 from accounts a where a.id = users.id and a.available >= users.alarm_below
    )`,
    [],
  )
}
