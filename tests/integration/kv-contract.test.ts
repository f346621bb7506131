import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { Kv } from "@nio/server/core/deps"
import { createMemoryKv } from "@nio/server/infra/kv-memory"
import { createRedisKv } from "@nio/server/infra/kv-redis"
import { connectRedis } from "@nio/server/infra/redis"
import { createClock } from "../support/clock.ts"
import { eventually } from "../support/eventually.ts"
import { recordingLog } from "../support/log.ts"
import { randomPrefix, withOwnRedis, withRedis } from "../support/redis.ts"

/** What every Kv promises. `open` twice gives two nodes that share one memory. */
function contract(open: () => Promise<[Kv, Kv]>) {
  let kv: Kv
  let other: Kv
  beforeAll(async () => {
    ;[kv, other] = await open()
  })
  afterAll(async () => {
    await kv.close()
    await other.close()
  })

  test("an unknown key is undefined", async () => {
    expect(await kv.get("nothing")).toBeUndefined()
    expect(await kv.take("nothing")).toBeUndefined()
    await kv.delete("nothing")
  })

  test("what one node sets, the other gets, whatever the characters", async () => {
    for (const value of ["", "1", "混元 🧪\n\0", "x".repeat(100_000)]) {
      await kv.set("k\n键", value, 60_000)
      expect(await other.get("k\n键")).toBe(value)
    }
    await other.delete("k\n键")
    expect(await kv.get("k\n键")).toBeUndefined()
  })

  test("a value is gone after its time", async () => {
    await kv.set("short", "v", 40)
    expect(await kv.get("short")).toBe("v")
    await Bun.sleep(70)
    expect(await kv.get("short")).toBeUndefined()
    expect(await kv.take("short")).toBeUndefined()
  })

  test("setting again starts the time anew", async () => {
    await kv.set("again", "a", 40)
    await kv.set("again", "b", 60_000)
    await Bun.sleep(70)
    expect(await kv.get("again")).toBe("b")
  })

  test("of 64 who take a key at once, one gets it", async () => {
    for (let round = 0; round < 5; round++) {
      await kv.set("ticket", `${round}`, 60_000)
      const taken = await Promise.all(
        Array.from({ length: 64 }, (_, n) => (n % 2 ? kv : other).take("ticket")),
      )
      expect(taken.filter((value) => value === `${round}`)).toHaveLength(1)
      expect(taken.filter((value) => value === undefined)).toHaveLength(63)
    }
  })

  test("64 who spend at once get exactly what the bucket holds", async () => {
    const bucket = { capacity: 10, perSecond: 0.1 }
    const waits = await Promise.all(
      Array.from({ length: 64 }, (_, n) => (n % 2 ? kv : other).spend("bucket", bucket)),
    )
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10)
    for (const wait of waits.filter((wait) => wait > 0)) {
      expect(wait).toBeGreaterThan(9_000)
      expect(wait).toBeLessThanOrEqual(10_000)
    }
  })

  test("a bucket refills evenly, and a refused spend takes nothing", async () => {
    const bucket = { capacity: 2, perSecond: 20 }
    expect(await kv.spend("refill", bucket, 2)).toBe(0)
    const wait = await kv.spend("refill", bucket)
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(50)
    for (let n = 0; n < 5; n++) await kv.spend("refill", bucket, 2)
    await Bun.sleep(wait + 5)
    expect(await kv.spend("refill", bucket)).toBe(0)
  })

  test("a bucket refills to its brim and no further", async () => {
    const bucket = { capacity: 3, perSecond: 8 }
    expect(await kv.spend("brim", bucket, 3)).toBe(0)
    await Bun.sleep(400)
    expect(await kv.spend("brim", bucket, 3)).toBe(0)
    expect(await kv.spend("brim", bucket, 1)).toBeGreaterThan(0)
  })

  test("more than a bucket holds is never given", async () => {
    expect(await kv.spend("small", { capacity: 2, perSecond: 1 }, 3)).toBe(Number.POSITIVE_INFINITY)
    expect(await kv.spend("small", { capacity: 2, perSecond: 1 }, 2)).toBe(0)
  })

  test("a draw tells how empty the bucket is, refused or not", async () => {
    const bucket = { capacity: 10, perSecond: 1 }
    const level = async (cost: number) =>
      Math.round((await kv.draw("level", bucket, cost)).fullMs / 1_000)
    expect(await level(4)).toBe(4)
    expect(await other.draw("level", bucket, 7)).toEqual({
      waitMs: expect.any(Number),
      fullMs: expect.any(Number),
    })
    expect(await level(0)).toBe(4)
    expect((await kv.draw("level", bucket, 11)).waitMs).toBe(Number.POSITIVE_INFINITY)
    expect(await level(6)).toBe(10)
  })

  test("what is owed is taken though it is not there, and what is given back is back", async () => {
    const bucket = { capacity: 10, perSecond: 0.1 }
    await kv.draw("owed", bucket, 5)
    expect((await kv.draw("owed", bucket, 25, true)).waitMs).toBe(0)
    expect((await other.draw("owed", bucket, 1)).waitMs).toBeGreaterThan(200_000)
    await other.draw("owed", bucket, -29, true)
    expect((await kv.draw("owed", bucket, 9)).waitMs).toBe(0)
    await kv.draw("owed", bucket, -1_000, true)
    expect((await kv.draw("owed", bucket, 10)).waitMs).toBe(0)
    expect((await kv.draw("owed", bucket, 1)).waitMs).toBeGreaterThan(0)
  })

  test("of 64 who want one of 5 leases, 5 get one; who has one keeps it", async () => {
    const wanted = await Promise.all(
      Array.from({ length: 64 }, (_, n) => (n % 2 ? kv : other).lease("desk", `h${n}`, 5, 60_000)),
    )
    expect(wanted.filter(Boolean)).toHaveLength(5)
    const holder = `h${wanted.indexOf(true)}`
    expect(await other.lease("desk", holder, 5, 60_000)).toBe(true)
    expect(await kv.lease("desk", "late", 5, 60_000)).toBe(false)
    await other.release("desk", holder)
    await kv.release("desk", "nobody")
    expect(await kv.lease("desk", "late", 5, 60_000)).toBe(true)
  })

  test("a lease that nobody renews is free again", async () => {
    expect(await kv.lease("room", "dies", 1, 60)).toBe(true)
    expect(await other.lease("room", "waits", 1, 60)).toBe(false)
    await Bun.sleep(90)
    expect(await other.lease("room", "waits", 1, 60_000)).toBe(true)
  })

  test("keys and buckets of one name do not meet", async () => {
    await kv.set("same", "value", 60_000)
    expect(await kv.spend("same", { capacity: 1, perSecond: 0.1 })).toBe(0)
    expect(await kv.get("same")).toBe("value")
  })
}

describe("memory: kv", () => {
  contract(async () => {
    const kv = createMemoryKv()
    return [kv, kv]
  })

  test("time is the clock's", async () => {
    const clock = createClock()
    const kv = createMemoryKv(clock.now)
    await kv.set("k", "v", 1_000)
    expect(await kv.spend("b", { capacity: 1, perSecond: 0.001 })).toBe(0)
    clock.pass(999)
    expect(await kv.get("k")).toBe("v")
    expect(await kv.spend("b", { capacity: 1, perSecond: 0.001 })).toBe(999_001)
    clock.pass(1)
    expect(await kv.get("k")).toBeUndefined()
    await kv.close()
  })

  test("entries are bounded: the oldest make room", async () => {
    const kv = createMemoryKv()
    for (let n = 0; n < 100_005; n++) await kv.set(`k${n}`, "v", 60_000)
    expect(await kv.get("k4")).toBeUndefined()
    expect(await kv.get("k5")).toBe("v")
    expect(await kv.get("k100004")).toBe("v")
    await kv.close()
  })
})

withRedis("kv", (env) => {
  contract(async () => {
    const prefix = randomPrefix()
    const node = async () => createRedisKv(await connectRedis(env), recordingLog(), prefix)
    return [await node(), await node()]
  })
})

withOwnRedis("kv", (start) => {
  test("nobody sees an error, one line says it, and it comes back by itself", async () => {
    const server = await start()
    const log = recordingLog()
    const kv = createRedisKv(await connectRedis(server.env), log)
    const bucket = { capacity: 2, perSecond: 0.01 }
    await kv.set("k", "v", 60_000)

    await server.kill()
    const started = performance.now()
    expect(await kv.get("k")).toBeUndefined()
    expect(await Promise.all([1, 2, 3].map(() => kv.spend("b", bucket)))).toEqual([
      0,
      0,
      expect.any(Number),
    ])
    await kv.set("ticket", "t", 60_000)
    expect(await kv.take("ticket")).toBe("t")
    expect(await kv.take("ticket")).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(1_500)

    await server.restart()
    await eventually(async () => {
      await kv.set("k", "v2", 60_000)
      return log.lines.some((line) => line.message === "redis is back")
    }, 6_000)
    expect(await kv.get("k")).toBe("v2")
    expect(log.lines.map((line) => line.message)).toEqual(["redis is away", "redis is back"])
    await kv.close()
    await server.kill()
  }, 20_000)

  test("one that hangs delays a call once, not every call", async () => {
    const server = await start()
    const kv = createRedisKv(await connectRedis(server.env), recordingLog())
    await kv.set("k", "v", 60_000)
    server.freeze()
    expect(await kv.get("k")).toBeUndefined()
    const started = performance.now()
    for (let n = 0; n < 50; n++) await kv.get("k")
    expect(performance.now() - started).toBeLessThan(200)
    server.thaw()
    await eventually(async () => (await kv.get("k")) === "v", 6_000)
    await kv.close()
    await server.kill()
  }, 20_000)

  test("a node starts while it is away", async () => {
    const server = await start()
    await server.kill()
    const kv = createRedisKv(await connectRedis(server.env), recordingLog())
    await kv.set("k", "v", 60_000)
    expect(await kv.get("k")).toBe("v")
    await server.restart()
    await eventually(async () => (await kv.get("k")) === undefined, 6_000)
    await kv.close()
    await server.kill()
  }, 20_000)
})

test("the memory of a process does not grow with what is put into it", async () => {
  const kv = createMemoryKv()
  const large = "x".repeat(1024 * 1024)
  await kv.set("small", "s", 60_000)
  for (let n = 0; n < 80; n++) await kv.set(`large ${n}`, large, 60_000)
  const kept = await Promise.all(Array.from({ length: 80 }, (_, n) => kv.get(`large ${n}`)))
  expect(kept.filter(Boolean)).toHaveLength(64)
  expect(kept.at(-1)).toBe(large)
  for (let n = 0; n < 80; n++) await kv.delete(`large ${n}`)
  await kv.set("after", "a", 60_000)
  expect(await kv.get("after")).toBe("a")
  await kv.close()
})
