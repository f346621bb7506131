import { eq, max } from "drizzle-orm"
import { type Db, forUpdate } from "../db.ts"

/**
 * The next number for a conversation or preset of this user: above every one there is, and every one
 * there was. In a transaction, to whose end others wait.
 */
export async function next(tx: Db, userId: string): Promise<number> {
  const { orm, t } = tx
  const ofUser = orm
    .select({ last: t.users.lastNumber })
    .from(t.users)
    .where(eq(t.users.id, userId))
  const [user] = await forUpdate(tx, ofUser)
  const { conversations, presets } = t
  const [conversation] = await orm
    .select({ last: max(conversations.number) })
    .from(conversations)
    .where(eq(conversations.userId, userId))
  const [preset] = await orm
    .select({ last: max(presets.number) })
    .from(presets)
    .where(eq(presets.userId, userId))
  return Math.max(user?.last ?? 0, conversation?.last ?? 0, preset?.last ?? 0) + 1
}

/** Numbers up to `last` are given. */
export async function taken({ orm, t }: Db, userId: string, last: number): Promise<void> {
  await orm.update(t.users).set({ lastNumber: last }).where(eq(t.users.id, userId))
}
