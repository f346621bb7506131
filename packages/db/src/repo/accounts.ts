import type { Db } from "../db.ts"
import { locking, perCount, places, updateOf, updateParams } from "./sql.ts"

export type Balance = { id: string; available: number; held: number }

/** What the account has; zero when it does not exist. */
export async function balanceOf(db: Db, accountId: string): Promise<Omit<Balance, "id">> {
  const [row] = await db.rows<Omit<Balance, "id">>(
    "select available, held from accounts where id = ?",
    [accountId],
  )
  return row ?? { available: 0, held: 0 }
}

/** The accounts that exist, locked until the transaction ends: always in the order of their ids. */
export async function lockAccounts(
  tx: Db,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Balance>> {
  const wanted = [...new Set(ids)].sort()
  if (wanted.length === 0) return new Map()
  const rows = await tx.rows<Balance>(selectText(wanted.length) + locking(tx), wanted)
  return new Map(rows.map((row) => [row.id, row]))
}

const selectText = perCount(
  (count) => `select id, available, held from accounts where id in (${places(count)}) order by id`,
)

/** Writes balances that were read under a lock. */
export async function saveAccounts(tx: Db, balances: readonly Balance[]): Promise<void> {
  if (balances.length === 0) return
  await tx.post(
    updateText(balances.length),
    updateParams(
      balances,
      (balance) => balance.available,
      (balance) => balance.held,
    ),
  )
}

const updateText = updateOf("accounts", ["available", "held"])
