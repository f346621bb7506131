import { z } from "zod"
import type { Bus, Kv, Log } from "../deps.ts"
import type { Health, HealthEntry } from "./health.ts"

/** How often what all nodes know is brought together, for what messages lost. */
const syncMs = 5_000
/** Beyond this nothing of it is worth knowing. */
const snapshotTtlMs = 3_600_000

const topic = "health"
const entry = z.object({
  channelId: z.string(),
  keyId: z.string().optional(),
  model: z.string().optional(),
  rest: z.object({
    reason: z.enum([
      "auth",
      "quota",
      "rate-limit",
      "model-missing",
      "overloaded",
      "timeout",
      "network",
      "bad-response",
    ]),
    message: z.string(),
    failures: z.int(),
    since: z.number(),
    until: z.number(),
    probeUntil: z.number(),
    failedAt: z.number(),
    at: z.number(),
  }),
})
const entries = z.array(entry)

/**
 * Lets nodes know of each other who rests: at once by the bus, and by what lies in the kv, which
 * also tells a node that starts. Both may lose everything; then each node finds out for itself.
 */
export async function shareHealth(
  { bus, kv, log }: { bus: Bus; kv: Kv; log: Log },
  health: Health,
): Promise<{ sync(): Promise<void>; close(): Promise<void> }> {
  let changed = false
  health.onChange((own) => {
    changed = true
    void bus.publish(topic, JSON.stringify([own])).catch(noWord)
  })
  const leave = await bus.subscribe(topic, (message) => health.learn(read(message)))
  const timer = setInterval(() => void sync(), syncMs)
  timer.unref()
  await sync()

  /** What the kv holds is learned; what it lacks, or has in an older version, is put there. */
  async function sync() {
    try {
      const stored = read((await kv.get(topic)) ?? "[]")
      health.learn(stored)
      const all = health.entries()
      if (!changed && stored.length >= all.length) return
      changed = false
      await kv.set(topic, JSON.stringify(all), snapshotTtlMs)
    } catch (cause) {
      noWord(cause)
    }
  }

  function noWord(cause: unknown) {
    log.warn("the nodes could not be told who rests", { cause })
  }

  return {
    sync,
    close: async () => {
      clearInterval(timer)
      await leave()
    },
  }
}

/** Nodes of another version may say something else: then nothing is learned. */
function read(text: string): HealthEntry[] {
  try {
    return entries.parse(JSON.parse(text))
  } catch {
    return []
  }
}
