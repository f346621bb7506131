import type { Redis } from "ioredis"
import type { Log } from "../core/deps.ts"
import type { RedisEnv } from "../env.ts"

/** Apart from what else lives in that Redis; the braces keep it in one slot of a cluster. */
export const redisPrefix = "{nio}:"

const connectMsMax = 3_000
/** A healthy Redis answers within a millisecond or two. */
const commandMsMax = 1_000
const reconnectMsMax = 2_000

/**
 * A connection that fails fast and comes back by itself. Resolves also when Redis is away: then it
 * goes on trying.
 */
export async function connectRedis(env: RedisEnv): Promise<Redis> {
  // Imported here because most installations have no Redis, and it takes a tenth of a second.
  const { Redis } = await import("ioredis")
  const redis = new Redis({
    host: env.host,
    port: env.port,
    db: env.db,
    ...(env.password && { password: env.password }),
    lazyConnect: true,
    connectTimeout: connectMsMax,
    commandTimeout: commandMsMax,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    // Pub/sub is restored by its owner, which also knows what it asked for while Redis was away.
    autoResubscribe: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, reconnectMsMax),
  })
  // Without a listener ioredis writes to stderr. The commands that fail say it, once per outage.
  redis.on("error", () => {})
  await redis.connect().catch(() => {})
  return redis
}

/** After a failure nobody asks again for this long, so that a hung Redis does not slow everyone down. */
const restMs = 1_000

/**
 * Runs commands that may fail: `attempt` answers undefined instead of throwing. One log line when
 * Redis goes and one when it is back.
 */
export function createOutage(log: Log, what: string) {
  let away = false
  let restUntil = 0
  return async function attempt<T>(command: () => Promise<T>): Promise<{ value: T } | undefined> {
    if (Date.now() < restUntil) return undefined
    try {
      const value = await command()
      if (away) log.info("redis is back", { what })
      away = false
      return { value }
    } catch (error) {
      if (!away) log.error("redis is away", { what, error })
      away = true
      restUntil = Date.now() + restMs
      return undefined
    }
  }
}
