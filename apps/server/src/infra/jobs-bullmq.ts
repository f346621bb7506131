import type { Queue, Worker } from "bullmq"
import type { Redis } from "ioredis"
import type { Job, Jobs, Log } from "../core/deps.ts"
import { createOutage, redisPrefix } from "./redis.ts"
import { runJob } from "./run-job.ts"

/** How long a node may be silent until its run is given to another. */
const lockMs = 15_000
const stalledCheckMs = 5_000
/** How often a node looks whether the schedule is still there: Redis may lose everything. */
const watchMs = 30_000
/** How long closing waits for a Redis that does not answer. A run under way is waited for in any case. */
const goodbyeMsMax = 3_000

/**
 * Periodic work that runs once per cluster. Every job has a queue of its own with room for one run,
 * so that a slow job holds up itself and no other. Uses connections of its own, made like `redis`.
 */
export async function createBullJobs(
  redis: Redis,
  log: Log,
  { prefix = redisPrefix, watchEveryMs = watchMs } = {},
): Promise<Jobs> {
  const { Queue, Worker } = await import("bullmq")
  const { commandTimeout: _, ...options } = redis.options
  const connection = redis.duplicate({
    ...options,
    commandTimeout: undefined,
    maxRetriesPerRequest: null,
    enableOfflineQueue: true,
    enableAutoPipelining: false,
  })
  connection.on("error", () => {})
  const attempt = createOutage(log, "jobs")
  const opened: { queue: Queue; worker: Worker }[] = []
  const running = new Set<Promise<void>>()
  const watches: NodeJS.Timeout[] = []

  function open(job: Job) {
    const settings = { connection, prefix: `${prefix}jobs` }
    const queue = new Queue(job.name, settings)
    const work = () => {
      const run = runJob(job, log)
      running.add(run)
      return run.finally(() => running.delete(run))
    }
    const worker = new Worker(job.name, work, {
      ...settings,
      lockDuration: lockMs,
      stalledInterval: stalledCheckMs,
      removeOnComplete: { count: 1 },
      removeOnFail: { count: 1 },
    })
    // A failure of Redis; that of a job is caught in `runJob`.
    const complain = (error: Error) => void attempt(() => Promise.reject(error))
    queue.on("error", complain)
    worker.on("error", complain)
    opened.push({ queue, worker })
    watch(queue, job)
  }

  function watch(queue: Queue, job: Job) {
    let looking = false
    const look = async () => {
      // While Redis is away a look waits for it; one is enough.
      if (looking) return
      looking = true
      await attempt(() => ensureScheduled(queue, job))
      looking = false
    }
    watches.push(setInterval(look, watchEveryMs).unref())
    void look()
  }

  return {
    start: async (jobs) => jobs.forEach(open),
    close: async () => {
      for (const timer of watches) clearInterval(timer)
      const goodbye = opened.map(async ({ queue, worker }) => {
        await worker.close()
        await queue.close()
      })
      await Promise.race([Promise.allSettled(goodbye), Bun.sleep(goodbyeMsMax)])
      await Promise.all(running)
      await Promise.race([Promise.allSettled(goodbye), Bun.sleep(goodbyeMsMax)])
      connection.disconnect()
    },
  }
}

/** Leaves a schedule that is there already alone: saying it again would start it afresh. */
async function ensureScheduled(queue: Queue, { name, everyMs }: Job): Promise<void> {
  await queue.setGlobalConcurrency(1)
  const known = await queue.getJobScheduler(name)
  if (known?.every === everyMs && known.next) return
  await queue.upsertJobScheduler(name, { every: everyMs }, { name })
}
