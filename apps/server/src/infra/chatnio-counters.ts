import type { OldCounter } from "../core/import/chatnio/old-site.ts"

const pattern = "usage-*"
const keysAtOnce = 1_000
const connectMsMax = 10_000

/** The counters of plans in a Chat Nio's Redis: `usage-<item>:<user>`, each `<date>:<time>/<count>`. */
export async function readCounters(url: string): Promise<OldCounter[]> {
  const { Redis } = await import("ioredis")
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectMsMax,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  })
  // The command that fails says it.
  redis.on("error", () => {})
  try {
    await redis.connect()
    const found = new Map<string, OldCounter>()
    for (let cursor = "0"; ; ) {
      const [next, keys] = await redis.scan(cursor, "MATCH", pattern, "COUNT", keysAtOnce)
      const values = keys.length > 0 ? await redis.mget(keys) : []
      for (const [at, key] of keys.entries()) {
        const counter = counterOf(key, values[at])
        if (counter) found.set(key, counter)
      }
      if (next === "0") return [...found.values()]
      cursor = next
    }
  } finally {
    redis.disconnect()
  }
}

function counterOf(key: string, value: string | null | undefined): OldCounter | undefined {
  const [, item = "", userId = ""] = /^usage-(.+):(\d+)$/.exec(key) ?? []
  const [, since = "", used = ""] =
    /^(\d{4}-\d\d-\d\d:\d\d:\d\d:\d\d)\/(-?\d+)$/.exec(value ?? "") ?? []
  return item && since ? { item, userId, since, used: Number(used) } : undefined
}
