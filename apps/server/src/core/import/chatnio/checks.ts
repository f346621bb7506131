import { imports } from "@nio/db"
import { verifyLedger } from "../../billing/verify-ledger.ts"
import { scaled } from "../decimal.ts"
import type { Run } from "./run.ts"
import { balancePrefix } from "./take-balances.ts"

/** Two ways of counting the same, which must agree. */
export type Check = { what: string; expected: string; found: string; ok: boolean }

/** Compares what was there with what is here, by questions that the import itself did not ask. */
export async function checksOf(run: Run, dry: boolean): Promise<Check[]> {
  const rows = await imports.countImported(run.db, run.source)
  const counts = [...run.tally.kinds].flatMap(([kind, tally]) => {
    const seen = tally.added + tally.skipped + tally.known
    const recorded = rows.get(kind)?.rows ?? 0
    return [
      check(`rows of ${kind}`, tally.there, seen),
      // Rows that are gone over there by now stay recorded.
      ...(dry ? [] : [check(`record of ${kind}`, seen, Math.min(seen, recorded))]),
    ]
  })
  return [...counts, ...(await moneyChecks(run, dry))]
}

async function moneyChecks(run: Run, dry: boolean): Promise<Check[]> {
  const { debts, changed, left, taken } = run.tally.money
  const there = scaled(await run.database.sum("quota", "quota"), 6) ?? 0n
  const here = dry ? taken : await imports.importedPoints(run.db, balancePrefix(run.source))
  const sums = check("micropoints", there, here + debts + changed + left)
  if (dry) return [sums]
  const differences = await verifyLedger(run)
  return [sums, check("accounts that differ from the ledger", 0, differences.length)]
}

function check(what: string, expected: number | bigint, found: number | bigint): Check {
  const [a, b] = [String(expected), String(found)]
  return { what, expected: a, found: b, ok: a === b }
}
