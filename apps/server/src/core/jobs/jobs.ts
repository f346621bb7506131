import { billingJobs } from "../billing/billing-jobs.ts"
import { interruptStaleRuns } from "../chat/interrupt-stale-runs.ts"
import type { Deps, Job } from "../deps.ts"
import { pruneSessions } from "../identity/prune-sessions.ts"
import { pruneResponses } from "../responses/prune-responses.ts"
import { raiseAlarms } from "../user/raise-alarms.ts"

const hourMs = 60 * 60_000

/** All that happens without anybody asking. Each runs on one node at a time, and may run again after a crash. */
export const periodicJobs = (deps: Deps): Job[] => [
  ...billingJobs(deps),
  { name: "interrupt-runs", everyMs: 10_000, run: () => interruptStaleRuns(deps) },
  { name: "raise-alarms", everyMs: 60_000, run: () => raiseAlarms(deps).then(() => {}) },
  { name: "prune-sessions", everyMs: hourMs, run: () => pruneSessions(deps) },
  { name: "prune-responses", everyMs: hourMs, run: () => pruneResponses(deps) },
]
