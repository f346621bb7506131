import type { Redis } from "ioredis"
import type { Bucket, Draw, Kv, Log } from "../core/deps.ts"
import { createMemoryKv } from "./kv-memory.ts"
import { createOutage, redisPrefix } from "./redis.ts"

/**
 * Reads the moment at which the bucket is full again, by the clock of Redis, in microseconds: nodes
 * disagree about the time. The same sum as in `kv-memory.ts`.
 */
const drawScript = `
local capacity, perSecond, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local each = 1000000 / perSecond
local before = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local fullAt = before + cost * each
local wait = fullAt - now - capacity * each
if ARGV[4] == '0' and wait > 1 then
  return { math.ceil(wait / 1000), math.ceil((before - now) / 1000) }
end
local left = math.max(0, math.ceil((fullAt - now) / 1000))
redis.call('SET', KEYS[1], string.format('%.0f', fullAt), 'PX', left + 1)
return { 0, left }`

/** Holders by the moment their lease ends, in milliseconds of Redis's clock. */
const leaseScript = `
local max, ttl = tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= max then
  return 0
end
redis.call('ZADD', KEYS[1], now + ttl, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ttl)
return 1`

/** `GETDEL`, which older servers lack. */
const takeScript = `
local value = redis.call('GET', KEYS[1])
if value then redis.call('DEL', KEYS[1]) end
return value`

type Commands = Redis & {
  nioTake(key: string): Promise<string | null>
  nioDraw(
    key: string,
    capacity: number,
    perSecond: number,
    cost: number,
    owing: 0 | 1,
  ): Promise<[waitMs: number, fullMs: number]>
  nioLease(key: string, holder: string, max: number, ttlMs: number): Promise<0 | 1>
}

/**
 * The small memory shared by all nodes. While Redis is away each node has a memory of its own: what
 * was known is unknown, limits hold per node, and nobody sees an error. Closes `redis`.
 */
export function createRedisKv(redis: Redis, log: Log, prefix = redisPrefix): Kv {
  redis.defineCommand("nioDraw", { numberOfKeys: 1, lua: drawScript })
  redis.defineCommand("nioLease", { numberOfKeys: 1, lua: leaseScript })
  redis.defineCommand("nioTake", { numberOfKeys: 1, lua: takeScript })
  const commands = redis as Commands
  const attempt = createOutage(log, "kv")
  const alone = createMemoryKv()
  const name = (key: string) => `${prefix}kv:${key}`
  const bucketName = (key: string) => `${prefix}bucket:${key}`
  const leaseName = (key: string) => `${prefix}lease:${key}`

  async function ask<T>(command: () => Promise<T>, instead: () => Promise<T>): Promise<T> {
    const answer = await attempt(command)
    return answer ? answer.value : instead()
  }

  return {
    get: (key) =>
      ask(
        async () => (await redis.get(name(key))) ?? undefined,
        () => alone.get(key),
      ),
    set: (key, value, ttlMs) =>
      ask(
        async () => void (await redis.set(name(key), value, "PX", Math.max(1, Math.ceil(ttlMs)))),
        () => alone.set(key, value, ttlMs),
      ),
    delete: (key) =>
      ask(
        async () => void (await redis.del(name(key))),
        () => alone.delete(key),
      ),
    take: (key) =>
      ask(
        async () => (await commands.nioTake(name(key))) ?? undefined,
        () => alone.take(key),
      ),
    spend: async (key, bucket, cost = 1) => (await draw(key, bucket, cost)).waitMs,
    draw,
    lease: (key, holder, max, ttlMs) =>
      ask(
        async () => (await commands.nioLease(leaseName(key), holder, max, Math.ceil(ttlMs))) === 1,
        () => alone.lease(key, holder, max, ttlMs),
      ),
    release: (key, holder) =>
      ask(
        async () => void (await redis.zrem(leaseName(key), holder)),
        () => alone.release(key, holder),
      ),
    close: async () => {
      await alone.close()
      redis.disconnect()
    },
  }

  async function draw(key: string, bucket: Bucket, cost: number, owing = false): Promise<Draw> {
    const { capacity, perSecond } = bucket
    const never = cost > capacity && !owing
    const drawn = await ask(
      async () => {
        // What can never be had only asks how things are.
        const taken = never ? 0 : cost
        const args = [capacity, perSecond, taken, owing ? 1 : 0] as const
        const [waitMs, fullMs] = await commands.nioDraw(bucketName(key), ...args)
        return { waitMs, fullMs }
      },
      () => alone.draw(key, bucket, cost, owing),
    )
    return never ? { ...drawn, waitMs: Number.POSITIVE_INFINITY } : drawn
  }
}
