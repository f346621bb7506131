import type { Job } from "../deps.ts"
import type { LedgerDeps } from "./create-ledger.ts"
import { pruneHolds, resolveHolds } from "./resolve-holds.ts"
import { verifyLedger } from "./verify-ledger.ts"

const hourMs = 60 * 60_000

/** What keeps the books in order while nobody looks. */
export const billingJobs = (deps: LedgerDeps): Job[] => [
  { name: "resolve-holds", everyMs: 10_000, run: () => resolveHolds(deps).then(() => {}) },
  { name: "prune-holds", everyMs: hourMs, run: () => pruneHolds(deps) },
  { name: "verify-ledger", everyMs: 24 * hourMs, run: () => verifyLedger(deps).then(() => {}) },
]
