import { type Harvest, imports, type OldRow, site } from "@nio/db"
import { scaled } from "../decimal.ts"
import { importedId } from "./imported-id.ts"
import { instantOf } from "./local-time.ts"
import { added, type Entry, idOf, type Run, skipped, type Take } from "./run.ts"

/** A point has a million micropoints. */
const places = 6
/** What an account can hold. */
const microMax = BigInt(Number.MAX_SAFE_INTEGER)

export const balancePrefix = (source: string) => `import:${source}:quota:`

/**
 * Balances, to the micropoint, in one transfer each. Ours are never negative: who owes something over
 * there has nothing here, and the debt is told. What was ever spent comes as points given and taken
 * at the beginning of the account, so that sums over a life are right.
 */
export const takeBalances: Take = {
  kind: "quota",
  table: "quota",
  columns: ["user_id", "quota", "used", "created_at"],
  async plan(run, rows) {
    const transfers: NonNullable<Harvest["transfers"]> = []
    const credits: NonNullable<Harvest["credits"]> = []
    const entries: Entry[] = []
    for (const row of rows) {
      const accountId = run.users.get(row.user_id ?? "")
      const amount = scaled(row.quota ?? "0", places) ?? 0n
      const used = scaled(row.used ?? "0", places) ?? 0n
      if (!accountId || amount > microMax || used > microMax) {
        run.tally.money.left += amount
        entries.push(skipped(idOf(row), accountId ? "too-large" : "owner-unknown"))
        continue
      }
      const made = movements(run, row, { accountId, amount: Number(amount), used: Number(used) })
      transfers.push(...made)
      credits.push({ accountId, amount: Math.max(0, Number(amount)) })
      if (amount < 0n) run.tally.money.debts += amount
      else run.tally.money.taken += amount
      const note = amount < 0n ? [`owed ${-Number(amount) / 10 ** places} points`] : []
      entries.push(added(idOf(row), accountId, note))
    }
    return { harvest: { transfers, credits }, entries }
  },
  /** What happened to a balance over there since it came is told, and not taken. */
  async again(run, rows) {
    const references = rows.map((row) => balancePrefix(run.source) + row.user_id)
    const taken = await imports.amountsOf(run.db, references)
    const changes: Entry[] = []
    for (const [at, row] of rows.entries()) {
      const now = scaled(row.quota ?? "0", places) ?? 0n
      if (row.targetId === null) {
        run.tally.money.left += now
        continue
      }
      const then = BigInt(taken.get(references[at]!) ?? 0)
      run.tally.money.taken += then
      if (then === 0n && now < 0n) run.tally.money.debts += now
      else run.tally.money.changed += now - then
      if (now !== then && (then > 0n || now > 0n))
        changes.push(added(idOf(row), row.targetId, ["balance-changed"]))
    }
    return { harvest: {}, entries: [], changes }
  },
}

type Amounts = { accountId: string; amount: number; used: number }

function movements(run: Run, row: OldRow, { accountId, amount, used }: Amounts) {
  const now = run.now()
  const began = instantOf(row.created_at, run.zone) ?? now
  const move = (what: string, fromId: string, toId: string, size: number, createdAt: number) => ({
    id: importedId(createdAt, run.source, what, idOf(row)),
    ...{ fromId, toId, amount: size, createdAt },
    reference: `import:${run.source}:${what}:${row.user_id}`,
    reason: "",
  })
  return [
    ...(used > 0
      ? [
          move("given", site.issued, accountId, used, began),
          move("spent", accountId, site.revenue, used, began),
        ]
      : []),
    ...(amount > 0 ? [move("quota", site.issued, accountId, amount, now)] : []),
  ]
}
