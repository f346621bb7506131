import { and, eq, gt, lt, lte, sql } from "drizzle-orm"
import { affectedRows, type Db } from "../db.ts"

/** `id` says for what and to whom, `codeHash` what was sent: neither tells it. */
export type MailCode = { id: string; codeHash: string; createdAt: number; expiresAt: number }

/** Keeps a code; one sent before for the same is worthless then. */
export async function saveMailCode(db: Db, code: MailCode): Promise<void> {
  await db.transaction(async ({ orm, t }) => {
    await orm.delete(t.mailCodes).where(eq(t.mailCodes.id, code.id))
    await orm.insert(t.mailCodes).values({ ...code, attempts: 0 })
  })
}

/**
 * Counts a guess before it is looked at, so that many at once are no more than as many in turn.
 * @returns what is kept of the code; undefined when there is none that is still good for a guess
 */
export async function countGuess(
  { orm, t }: Db,
  { id, now, attemptsMax }: { id: string; now: number; attemptsMax: number },
): Promise<string | undefined> {
  const { mailCodes: table } = t
  const counted = await orm
    .update(table)
    .set({ attempts: sql`${table.attempts} + 1` })
    .where(and(eq(table.id, id), lt(table.attempts, attemptsMax), gt(table.expiresAt, now)))
  if (affectedRows(counted) === 0) return undefined
  const [row] = await orm.select({ codeHash: table.codeHash }).from(table).where(eq(table.id, id))
  return row?.codeHash
}

/** @returns whether it was this call that used it up. */
export async function useMailCode(
  { orm, t }: Db,
  { id, codeHash }: Pick<MailCode, "id" | "codeHash">,
): Promise<boolean> {
  const { mailCodes: table } = t
  const used = await orm.delete(table).where(and(eq(table.id, id), eq(table.codeHash, codeHash)))
  return affectedRows(used) > 0
}

export async function deleteExpiredCodes({ orm, t }: Db, now: number): Promise<void> {
  await orm.delete(t.mailCodes).where(lte(t.mailCodes.expiresAt, now))
}
