import { eq } from "drizzle-orm"
import { type Db, forUpdate } from "../db.ts"
import { insertOf, orSet } from "./sql.ts"

export type SubscriptionRow = {
  userId: string
  level: number
  startedAt: number
  expiresAt: number
  months: number
  updatedAt: number
}

/** Also when it is over. */
export async function find({ orm, t }: Db, userId: string): Promise<SubscriptionRow | undefined> {
  const [row] = await orm.select().from(t.subscriptions).where(eq(t.subscriptions.userId, userId))
  return row
}

/** The same, locked until the transaction ends. One that does not exist cannot be locked: the account can. */
export async function lock(tx: Db, userId: string): Promise<SubscriptionRow | undefined> {
  const { orm, t } = tx
  const [row] = await forUpdate(
    tx,
    orm.select().from(t.subscriptions).where(eq(t.subscriptions.userId, userId)),
  )
  return row
}

export async function save(tx: Db, row: SubscriptionRow): Promise<void> {
  const { userId, level, startedAt, expiresAt, months, updatedAt } = row
  await tx.run(insertText(1) + orSet(tx, ["user_id"], columns), [
    userId,
    level,
    startedAt,
    expiresAt,
    months,
    updatedAt,
  ])
}

const columns = ["level", "started_at", "expires_at", "months", "updated_at"]
const insertText = insertOf("subscriptions", ["user_id", ...columns])

export const listUses = ({ orm, t }: Db, userId: string) =>
  orm.select().from(t.planCounters).where(eq(t.planCounters.userId, userId))

/** Nothing is used, in no month. */
export async function forgetUses({ orm, t }: Db, userId: string): Promise<void> {
  await orm.delete(t.planCounters).where(eq(t.planCounters.userId, userId))
}

/** Nothing is used in the months that are under way. */
export async function releaseUses({ orm, t }: Db, userId: string): Promise<void> {
  await orm.update(t.planCounters).set({ used: 0 }).where(eq(t.planCounters.userId, userId))
}

/** What is used counts in another month: the windows begin on another day now. */
export async function moveUses({ orm, t }: Db, userId: string, windowAt: number): Promise<void> {
  await orm.update(t.planCounters).set({ windowAt }).where(eq(t.planCounters.userId, userId))
}
