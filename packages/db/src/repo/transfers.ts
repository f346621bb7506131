import { eq } from "drizzle-orm"
import type { Db, SqlValue } from "../db.ts"
import { isDuplicate } from "../failure.ts"
import { site } from "../schema/billing.ts"
import { type Balance, lockAccounts, saveAccounts } from "./accounts.ts"
import { insertOf, orAdd } from "./sql.ts"

export type Transfer = {
  id: string
  fromId: string
  toId: string
  amount: number
  reference: string
  reason: string
  createdAt: number
}

/** A movement of one account, caused from outside. `reference` makes it happen once. */
export type Movement = Omit<Transfer, "fromId" | "toId"> & { accountId: string }

/**
 * Gives points to an account, which need not exist yet.
 * @returns false when there already was a transfer of this reference; nothing changes then.
 */
export async function creditAccount(db: Db, movement: Movement): Promise<boolean> {
  const { accountId, amount } = movement
  return once(() =>
    db.transaction(async (tx) => {
      await insertTransfer(tx, { ...movement, fromId: site.issued, toId: accountId })
      await tx.post(insertAccount(1) + orAdd(tx, ["id"], ["available"]), [accountId, amount, 0])
      return true
    }),
  )
}

/**
 * Takes points from an account, all or nothing.
 * @returns false when there already was a transfer of this reference, or not enough is available.
 */
export async function debitAccount(db: Db, movement: Movement): Promise<boolean> {
  const { accountId, amount } = movement
  return once(() =>
    db.transaction(async (tx) => {
      const account = (await lockAccounts(tx, [accountId])).get(accountId)
      if (!account || account.available < amount) return false
      await insertTransfer(tx, { ...movement, fromId: accountId, toId: site.issued })
      await saveAccounts(tx, [{ ...account, available: account.available - amount }])
      return true
    }),
  )
}

/**
 * Brings an account, which need not exist yet, to what `next` makes of its available points, which are
 * read under a lock.
 * @returns what was available before and is now; undefined when there already was a transfer of this
 *   reference, and nothing changes.
 */
export async function adjustAccount(
  db: Db,
  { accountId, ...movement }: Omit<Movement, "amount">,
  next: (available: number) => number,
): Promise<{ before: number; after: number } | undefined> {
  return db.transaction(async (tx) => {
    await tx.run(insertAccount(1) + orAdd(tx, ["id"], ["available"]), [accountId, 0, 0])
    const account = (await lockAccounts(tx, [accountId])).get(accountId)
    if (!account || (await hasReference(tx, movement.reference))) return
    const before = account.available
    const after = next(before)
    const [fromId, toId] = after > before ? [site.issued, accountId] : [accountId, site.issued]
    const amount = Math.abs(after - before)
    if (amount === 0) return { before, after }
    await insertTransfer(tx, { ...movement, amount, fromId, toId })
    await saveAccounts(tx, [{ ...account, available: after }])
    return { before, after }
  })
}

async function hasReference(tx: Db, reference: string): Promise<boolean> {
  const rows = await tx.rows("select 1 as one from transfers where reference = ?", [reference])
  return rows.length > 0
}

/** What the account has, locked until the transaction ends; undefined when there is none. */
export async function lockBalance(tx: Db, accountId: string): Promise<Balance | undefined> {
  return (await lockAccounts(tx, [accountId])).get(accountId)
}

/**
 * Pays the site from an account that was locked and has enough. Nothing may be paid, too: the line in
 * the ledger says that it happened, once.
 * @throws the driver's duplicate error when there already was a transfer of this reference
 */
export async function paySite(
  tx: Db,
  account: Balance | undefined,
  { accountId, ...transfer }: Movement,
): Promise<void> {
  await insertTransfer(tx, { ...transfer, fromId: accountId, toId: site.revenue })
  if (account && transfer.amount > 0)
    await saveAccounts(tx, [{ ...account, available: account.available - transfer.amount }])
}

export async function hasTransfer({ orm, t }: Db, reference: string): Promise<boolean> {
  const { id } = t.transfers
  const rows = await orm
    .select({ id })
    .from(t.transfers)
    .where(eq(t.transfers.reference, reference))
  return rows.length > 0
}

/**
 * Takes everything that is available on an account, for the operator.
 * @returns false when that is nothing
 */
export async function emptyAccount(
  db: Db,
  { accountId, ...transfer }: Omit<Movement, "amount">,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const account = (await lockAccounts(tx, [accountId])).get(accountId)
    if (!account || account.available === 0) return false
    const amount = account.available
    await insertTransfer(tx, { ...transfer, amount, fromId: accountId, toId: site.revenue })
    await saveAccounts(tx, [{ ...account, available: 0 }])
    return true
  })
}

/** What answers cost the account in a time of epoch milliseconds, `until` excluded. */
export async function spentBy(
  db: Db,
  accountId: string,
  { from, until }: { from: number; until: number },
): Promise<number> {
  const [row] = await db.rows<{ spent: number }>(
    `select coalesce(sum(amount), 0) as spent from transfers
    where from_id = ? and to_id = ? and created_at >= ? and created_at < ?`,
    [accountId, site.revenue, from, until],
  )
  return row?.spent ?? 0
}

export async function insertTransfers(tx: Db, transfers: readonly Transfer[]): Promise<void> {
  if (transfers.length > 0) await tx.post(insertText(transfers.length), transfers.flatMap(paramsOf))
}

/** Waited for, so that a reference that is already there is noticed here and not at the commit. */
async function insertTransfer(tx: Db, transfer: Transfer): Promise<void> {
  await tx.run(insertText(1), paramsOf(transfer))
}

const paramsOf = (transfer: Transfer): SqlValue[] => [
  transfer.id,
  transfer.fromId,
  transfer.toId,
  transfer.amount,
  transfer.reference,
  transfer.reason,
  transfer.createdAt,
]

const insertText = insertOf("transfers", [
  "id",
  "from_id",
  "to_id",
  "amount",
  "reference",
  "reason",
  "created_at",
])
const insertAccount = insertOf("accounts", ["id", "available", "held"])

async function once(move: () => Promise<boolean>): Promise<boolean> {
  try {
    return await move()
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}
