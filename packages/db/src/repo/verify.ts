import type { Db } from "../db.ts"
import { places } from "./sql.ts"

/** An account whose balance is not what the ledger says. Amounts in micropoints. */
export type Difference = {
  accountId: string
  available: number
  held: number
  expectedAvailable: number
  expectedHeld: number
}

/** Rows per statement: on SQLite it keeps everyone waiting, for some milliseconds. */
const pageTransfers = 5_000
const pageAccounts = 2_000
/** Each sums up all there is of an account. */
const accountsLookedAt = 100

/**
 * Recomputes every balance from transfers and open holds, also while the server works. Transfers are
 * read once, in the order they are stored in, and added up here: by account the engines would have
 * to look for each of them in another place. Whose balance is another then is looked at again by one statement,
 * which sees one moment: it is somebody who was busy meanwhile, or a difference. Memory grows with
 * the number of accounts and not with the ledger.
 */
export async function verifyLedger(
  db: Db,
): Promise<{ accounts: number; differences: Difference[] }> {
  const moved = await sumTransfers(db)
  const differences: Difference[] = []
  let accounts = 0
  for await (const page of pages<Balances>(db, accountsText, pageAccounts)) {
    accounts += page.length
    const doubtful = page.filter((row) => !agrees(row, moved.get(row.id) ?? 0))
    for (const { id } of page) moved.delete(id)
    differences.push(...(await lookAgain(db, doubtful)))
  }
  const without = [...moved.keys()].map((id) => ({ id }))
  return { accounts, differences: [...differences, ...(await lookAgain(db, without))] }
}

type Moved = { id: string; from_id: string; to_id: string; amount: number }
type Balances = { id: string; available: number; held: number; open: number }

/** What came to each account but the site's own, without what left it. */
async function sumTransfers(db: Db): Promise<Map<string, number>> {
  const moved = new Map<string, number>()
  const add = (id: string, amount: number) => {
    if (!id.startsWith("site:")) moved.set(id, (moved.get(id) ?? 0) + amount)
  }
  for await (const page of pages<Moved>(db, transfersText, pageTransfers))
    for (const { from_id, to_id, amount } of page) {
      add(from_id, -amount)
      add(to_id, amount)
    }
  return moved
}

async function* pages<Row extends { id: string }>(
  db: Db,
  text: string,
  size: number,
): AsyncGenerator<Row[]> {
  let after = ""
  while (true) {
    const page = await db.rows<Row>(`${text} limit ${size}`, [after])
    yield page
    const last = page.at(-1)
    if (!last || page.length < size) return
    after = last.id
  }
}

const transfersText = "select id, from_id, to_id, amount from transfers where id > ? order by id"

const openHolds = `left join (
  select account_id, sum(amount) as amount from holds where state = 'open' group by account_id
) h on h.account_id = a.id`
const accountsText = `select a.id, a.available, a.held, coalesce(h.amount, 0) as open
from accounts a ${openHolds} where a.id > ? order by a.id`

const agrees = ({ available, held, open }: Balances, moved: number) =>
  available === moved - open && held === open

async function lookAgain(db: Db, doubtful: readonly { id: string }[]): Promise<Difference[]> {
  const differences: Difference[] = []
  for (let at = 0; at < doubtful.length; at += accountsLookedAt) {
    const ids = doubtful.slice(at, at + accountsLookedAt).map(({ id }) => id)
    const rows = await db.rows<Balances & { moved: number }>(exactText(ids.length), [
      ...ids,
      ...ids,
    ])
    for (const row of rows) if (!agrees(row, row.moved)) differences.push(differenceOf(row))
  }
  return differences
}

/** One row for each id, also where there is no such account. Parameters: the ids, twice. */
const exactText = (count: number) => `select d.id, coalesce(a.available, 0) as available,
  coalesce(a.held, 0) as held, coalesce(h.amount, 0) as open,
  (select coalesce(sum(amount), 0) from transfers where to_id = d.id)
  - (select coalesce(sum(amount), 0) from transfers where from_id = d.id) as moved
from (
  select id from accounts where id in (${places(count)})
  union select to_id from transfers where to_id in (${places(count)})
) d left join accounts a on a.id = d.id ${openHolds}`

const differenceOf = ({ id, available, held, open, moved }: Balances & { moved: number }) => ({
  accountId: id,
  available,
  held,
  expectedAvailable: moved - open,
  expectedHeld: open,
})
