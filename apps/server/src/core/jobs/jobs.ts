import { billingJobs } from "../billing/billing-jobs.ts"
import { interruptStaleRuns } from "../chat/interrupt-stale-runs.ts"
import type { Deps, Job } from "../deps.ts"
import { pruneMailCodes } from "../identity/prune-mail-codes.ts"
import { pruneSessions } from "../identity/prune-sessions.ts"
import { continueImport } from "../import/continue-import.ts"
import { pruneResponses } from "../responses/prune-responses.ts"
import { eraseLeftovers } from "../user/delete-account.ts"
import { raiseAlarms } from "../user/raise-alarms.ts"

const hourMs = 60 * 60_000

/** All that happens without anybody asking. Each runs on one node at a time, and may run again after a crash. */
export const periodicJobs = (deps: Deps): Job[] => [
  ...billingJobs(deps),
  { name: "interrupt-runs", everyMs: 10_000, run: () => interruptStaleRuns(deps) },
  { name: "raise-alarms", everyMs: 60_000, run: () => raiseAlarms(deps).then(() => {}) },
  { name: "erase-accounts", everyMs: 10 * 60_000, run: () => eraseLeftovers(deps) },
  // Without something to take over there is nothing to look at.
  ...(deps.former ? [{ name: "import", everyMs: 5_000, run: () => continueImport(deps) }] : []),
  { name: "prune-sessions", everyMs: hourMs, run: () => pruneSessions(deps) },
  { name: "prune-mail-codes", everyMs: hourMs, run: () => pruneMailCodes(deps) },
  { name: "prune-responses", everyMs: hourMs, run: () => pruneResponses(deps) },
]
