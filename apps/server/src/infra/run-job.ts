import type { Job, Log } from "../core/deps.ts"

/** Runs a job once. Never rejects: a failure is logged, and the next run comes anyway. */
export async function runJob(job: Job, log: Log): Promise<void> {
  try {
    await job.run()
  } catch (error) {
    log.error("a job failed", { job: job.name, error })
  }
}
