import type { Bucket, Draw, Kv } from "../core/deps.ts"

/** Beyond this many entries the oldest make room. */
const entriesMax = 100_000
/** And beyond this many characters in all, so that large values cannot fill the memory. */
const charsMax = 64 * 1024 * 1024
const sweepMs = 30_000

/** The small memory of one process. */
export function createMemoryKv(now: () => number = Date.now): Kv {
  const values = createExpiringMap<string>(now, (value) => value.length)
  /** When the bucket will be full again, in epoch milliseconds. */
  const buckets = createExpiringMap<number>(now)
  const leases = createExpiringMap<Map<string, number>>(now)
  const sweeper = setInterval(() => {
    values.sweep()
    buckets.sweep()
    leases.sweep()
  }, sweepMs)
  sweeper.unref()

  return {
    get: async (key) => values.get(key),
    set: async (key, value, ttlMs) => values.set(key, value, now() + ttlMs),
    delete: async (key) => values.delete(key),
    take: async (key) => {
      const value = values.get(key)
      values.delete(key)
      return value
    },
    spend: async (key, bucket, cost = 1) => draw(key, bucket, cost).waitMs,
    draw: async (key, bucket, cost, owing) => draw(key, bucket, cost, owing),
    lease: async (key, holder, max, ttlMs) => {
      const holders = leases.get(key) ?? new Map<string, number>()
      for (const [other, until] of holders) if (until <= now()) holders.delete(other)
      if (!holders.has(holder) && holders.size >= max) return false
      holders.set(holder, now() + ttlMs)
      leases.set(key, holders, Math.max(...holders.values()))
      return true
    },
    release: async (key, holder) => {
      const holders = leases.get(key)
      holders?.delete(holder)
      if (holders?.size === 0) leases.delete(key)
    },
    close: async () => clearInterval(sweeper),
  }

  function draw(key: string, bucket: Bucket, cost: number, owing = false): Draw {
    const before = buckets.get(key) ?? 0
    const { waitMs, fullAt } = drain(bucket, cost, before, now())
    const taken = waitMs === 0 || owing
    if (taken) buckets.set(key, fullAt, fullAt)
    return { waitMs: owing ? 0 : waitMs, fullMs: Math.max(0, (taken ? fullAt : before) - now()) }
  }
}

/**
 * A bucket kept as the moment at which it is full again: `cost` moves that moment away, and it may
 * not get further away than a whole bucket takes to fill.
 */
function drain({ capacity, perSecond }: Bucket, cost: number, fullAt: number, now: number) {
  const msEach = 1_000 / perSecond
  const next = Math.max(fullAt, now) + cost * msEach
  if (cost > capacity) return { waitMs: Number.POSITIVE_INFINITY, fullAt: next }
  // Shares of a millisecond are lost in the sum and must not cost the last drop.
  const waitMs = next - now - capacity * msEach
  return { waitMs: waitMs > 0.001 ? Math.ceil(waitMs) : 0, fullAt: next }
}

function createExpiringMap<Value>(now: () => number, charsOf: (value: Value) => number = () => 0) {
  const entries = new Map<string, { value: Value; expiresAt: number }>()
  let chars = 0

  function remove(key: string) {
    const entry = entries.get(key)
    if (!entry) return
    entries.delete(key)
    chars -= charsOf(entry.value)
  }

  return {
    get(key: string): Value | undefined {
      const entry = entries.get(key)
      if (entry && entry.expiresAt > now()) return entry.value
      remove(key)
      return undefined
    },
    set(key: string, value: Value, expiresAt: number): void {
      remove(key)
      entries.set(key, { value, expiresAt })
      chars += charsOf(value)
      while (entries.size > entriesMax || chars > charsMax)
        remove(entries.keys().next().value ?? "")
    },
    delete: remove,
    sweep(): void {
      for (const [key, { expiresAt }] of entries) if (expiresAt <= now()) remove(key)
    },
  }
}
