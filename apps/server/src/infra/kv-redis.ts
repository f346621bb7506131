import type { Redis } from "ioredis"
import type { Bucket, Kv, Log } from "../core/deps.ts"
import { createMemoryKv } from "./kv-memory.ts"
import { createOutage, redisPrefix } from "./redis.ts"

/**
 * Reads the moment at which the bucket is full again, by the clock of Redis, in microseconds: nodes
 * disagree about the time. The same sum as in `kv-memory.ts`.
 */
const spendScript = `
local capacity, perSecond, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local each = 1000000 / perSecond
local fullAt = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + cost * each
local wait = fullAt - now - capacity * each
if wait > 1 then return math.ceil(wait / 1000) end
redis.call('SET', KEYS[1], string.format('%.0f', fullAt), 'PX', math.ceil((fullAt - now) / 1000) + 1)
return 0`

/** `GETDEL`, which older servers lack. */
const takeScript = `
local value = redis.call('GET', KEYS[1])
if value then redis.call('DEL', KEYS[1]) end
return value`

type Commands = Redis & {
  nioTake(key: string): Promise<string | null>
  nioSpend(key: string, capacity: number, perSecond: number, cost: number): Promise<number>
}

/**
 * The small memory shared by all nodes. While Redis is away each node has a memory of its own: what
 * was known is unknown, limits hold per node, and nobody sees an error. Closes `redis`.
 */
export function createRedisKv(redis: Redis, log: Log, prefix = redisPrefix): Kv {
  redis.defineCommand("nioSpend", { numberOfKeys: 1, lua: spendScript })
  redis.defineCommand("nioTake", { numberOfKeys: 1, lua: takeScript })
  const commands = redis as Commands
  const attempt = createOutage(log, "kv")
  const alone = createMemoryKv()
  const name = (key: string) => `${prefix}kv:${key}`
  const bucketName = (key: string) => `${prefix}bucket:${key}`

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
    spend: async (key, bucket: Bucket, cost = 1) =>
      cost > bucket.capacity
        ? Number.POSITIVE_INFINITY
        : ask(
            () => commands.nioSpend(bucketName(key), bucket.capacity, bucket.perSecond, cost),
            () => alone.spend(key, bucket, cost),
          ),
    close: async () => {
      await alone.close()
      redis.disconnect()
    },
  }
}
