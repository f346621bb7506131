import { billing } from "@nio/db"
import type { LedgerDeps } from "./create-ledger.ts"

/** Recomputes every balance from the ledger and reports each that differs. Changes nothing. */
export async function verifyLedger({
  db,
  log,
}: Pick<LedgerDeps, "db" | "log">): Promise<readonly billing.Difference[]> {
  const { accounts, differences } = await billing.verifyLedger(db)
  for (const difference of differences) log.error("a balance differs from the ledger", difference)
  log.info("ledger verified", { accounts, differences: differences.length })
  return differences
}
