import type { Db } from "../db.ts"

/** An account whose balance is not what the ledger says. Amounts in micropoints. */
export type Difference = {
  accountId: string
  available: number
  held: number
  expectedAvailable: number
  expectedHeld: number
}

/** Accounts per statement: it is one snapshot, and on SQLite it keeps everyone waiting. */
const pageAccounts = 100

/**
 * Recomputes every balance from transfers and open holds, also while the server works: each page is
 * one statement and so sees one moment. Memory does not grow with the ledger.
 */
export async function verifyLedger(
  db: Db,
): Promise<{ accounts: number; differences: Difference[] }> {
  const differences: Difference[] = []
  let accounts = 0
  for await (const page of pages(db)) {
    accounts += page.length
    for (const row of page) {
      const difference = compare(row)
      if (difference) differences.push(difference)
    }
  }
  return { accounts, differences: [...differences, ...(await withoutAccount(db))] }
}

type Sums = {
  id: string
  available: number
  held: number
  incoming: number
  outgoing: number
  open: number
}

async function* pages(db: Db): AsyncGenerator<Sums[]> {
  let after = ""
  while (true) {
    const page = await db.rows<Sums>(pageText, [after])
    yield page
    const last = page.at(-1)
    if (!last || page.length < pageAccounts) return
    after = last.id
  }
}

const pageText = `select a.id, a.available, a.held,
  (select coalesce(sum(amount), 0) from transfers where to_id = a.id) as incoming,
  (select coalesce(sum(amount), 0) from transfers where from_id = a.id) as outgoing,
  coalesce(h.amount, 0) as open
from accounts a
left join (
  select account_id, sum(amount) as amount from holds where state = 'open' group by account_id
) h on h.account_id = a.id
where a.id > ? order by a.id limit ${pageAccounts}`

function compare({ id, available, held, incoming, outgoing, open }: Sums): Difference | undefined {
  const expectedAvailable = incoming - outgoing - open
  if (available === expectedAvailable && held === open) return
  return { accountId: id, available, held, expectedAvailable, expectedHeld: open }
}

/** Accounts that the ledger speaks of and that do not exist, other than the site's own. */
async function withoutAccount(db: Db): Promise<Difference[]> {
  const rows = await db.rows<{ id: string; incoming: number }>(
    `select t.to_id as id, sum(t.amount) as incoming from transfers t
    left join accounts a on a.id = t.to_id
    where a.id is null and t.to_id not like 'site:%' group by t.to_id limit ${pageAccounts}`,
    [],
  )
  return rows.map(({ id, incoming }) => ({
    accountId: id,
    available: 0,
    held: 0,
    expectedAvailable: incoming,
    expectedHeld: 0,
  }))
}
