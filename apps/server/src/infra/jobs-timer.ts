import type { Job, Jobs, Log } from "../core/deps.ts"
import { runJob } from "./run-job.ts"

/** Periodic work in this process: at once, and then `everyMs` after each run has ended. */
export function createTimerJobs(log: Log): Jobs {
  const timers = new Map<string, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let closed = false

  function begin(job: Job) {
    const run = runJob(job, log).then(() => {
      running.delete(run)
      if (!closed) timers.set(job.name, setTimeout(() => begin(job), job.everyMs).unref())
    })
    running.add(run)
  }

  return {
    start: async (jobs) => jobs.forEach(begin),
    close: async () => {
      closed = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}
