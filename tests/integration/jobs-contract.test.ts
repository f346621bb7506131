import { afterEach, describe, expect, test } from "bun:test"
import type { Job, Jobs } from "@nio/server/core/deps"
import { createBullJobs } from "@nio/server/infra/jobs-bullmq"
import { createTimerJobs } from "@nio/server/infra/jobs-timer"
import { connectRedis } from "@nio/server/infra/redis"
import { eventually } from "../support/eventually.ts"
import { recordingLog } from "../support/log.ts"
import { randomPrefix, withOwnRedis, withRedis } from "../support/redis.ts"

type Node = { jobs: Jobs; log: ReturnType<typeof recordingLog> }

/** What every Jobs promises. */
function contract(open: () => Promise<Node>) {
  const nodes: Node[] = []
  const node = async () => {
    const opened = await open()
    nodes.push(opened)
    return opened
  }
  afterEach(async () => {
    for (const { jobs } of nodes.splice(0)) await jobs.close()
  })

  test("a job runs at once and then again and again", async () => {
    const { jobs } = await node()
    let runs = 0
    await jobs.start([{ name: "tick", everyMs: 50, run: async () => void runs++ }])
    await eventually(() => runs >= 4)
  })

  test("a job that fails is logged and runs again, and the others do not notice", async () => {
    const { jobs, log } = await node()
    let failures = 0
    let runs = 0
    const fail = async () => {
      failures++
      throw new Error("broken")
    }
    await jobs.start([
      { name: "fails", everyMs: 50, run: fail },
      { name: "works", everyMs: 50, run: async () => void runs++ },
    ])
    await eventually(() => failures >= 3 && runs >= 3)
    expect(log.lines[0]).toMatchObject({
      level: "error",
      message: "a job failed",
      fields: { job: "fails" },
    })
  })

  test("a job slower than its period never runs twice at the same time", async () => {
    const { jobs } = await node()
    const slow = overlapWatch("slow", 20, 70)
    await jobs.start([slow.job])
    await eventually(() => slow.runs() >= 4)
    expect(slow.most()).toBe(1)
  })

  test("closing waits for what is running, and nothing runs afterwards", async () => {
    const { jobs } = await node()
    const slow = overlapWatch("closing", 20, 150)
    await jobs.start([slow.job])
    await eventually(() => slow.now() === 1)
    await jobs.close()
    expect(slow.now()).toBe(0)
    const runs = slow.runs()
    await Bun.sleep(150)
    expect(slow.runs()).toBe(runs)
  })
}

/** A job that knows how many of it ran at the same time, on whatever node. */
function overlapWatch(name: string, everyMs: number, takesMs: number) {
  let [now, most, runs] = [0, 0, 0]
  const run = async () => {
    most = Math.max(most, ++now)
    await Bun.sleep(takesMs)
    now--
    runs++
  }
  const job: Job = { name, everyMs, run }
  return { job, now: () => now, most: () => most, runs: () => runs }
}

describe("memory: jobs", () => {
  contract(async () => {
    const log = recordingLog()
    return { jobs: createTimerJobs(log), log }
  })
})

withRedis("jobs", (env) => {
  const open = async (prefix: string): Promise<Node> => {
    const log = recordingLog()
    const redis = await connectRedis(env)
    const jobs = await createBullJobs(redis, log, { prefix })
    const close = async () => {
      await jobs.close()
      redis.disconnect()
    }
    return { jobs: { ...jobs, close }, log }
  }
  contract(() => open(randomPrefix()))

  test("two nodes share a job: never at the same time, and not twice as often", async () => {
    const prefix = randomPrefix()
    const nodes = [await open(prefix), await open(prefix)]
    const shared = overlapWatch("shared", 100, 60)
    const slow = overlapWatch("slow", 50, 130)
    for (const { jobs } of nodes) await jobs.start([shared.job, slow.job])
    await Bun.sleep(1_500)
    for (const { jobs } of nodes) await jobs.close()
    expect([shared.most(), slow.most()]).toEqual([1, 1])
    expect(shared.runs()).toBeGreaterThanOrEqual(8)
    expect(shared.runs()).toBeLessThanOrEqual(17)
  })

  test("when a node leaves, the other goes on", async () => {
    const prefix = randomPrefix()
    const [leaving, staying] = [await open(prefix), await open(prefix)]
    let runs = 0
    const job: Job = { name: "stays", everyMs: 50, run: async () => void runs++ }
    await leaving.jobs.start([job])
    await staying.jobs.start([job])
    await eventually(() => runs >= 2)
    await leaving.jobs.close()
    const before = runs
    await eventually(() => runs >= before + 3)
    await staying.jobs.close()
  })
})

withOwnRedis("jobs", (start) => {
  test("a schedule that Redis lost is made again", async () => {
    const server = await start()
    const redis = await connectRedis(server.env)
    const log = recordingLog()
    const jobs = await createBullJobs(redis, log, { watchEveryMs: 100 })
    let runs = 0
    await jobs.start([{ name: "lost", everyMs: 50, run: async () => void runs++ }])
    await eventually(() => runs >= 2)
    await server.kill()
    await Bun.sleep(300)
    await server.restart()
    const before = runs
    await eventually(() => runs >= before + 3, 15_000)
    expect(log.lines.filter((line) => line.message === "redis is away")).toHaveLength(1)
    await jobs.close()
    redis.disconnect()
    await server.kill()
  }, 30_000)

  test("a node starts and stops while it is away", async () => {
    const server = await start()
    await server.kill()
    const redis = await connectRedis(server.env)
    const jobs = await createBullJobs(redis, recordingLog())
    await jobs.start([{ name: "away", everyMs: 50, run: async () => {} }])
    await jobs.close()
    redis.disconnect()
  }, 30_000)
})
