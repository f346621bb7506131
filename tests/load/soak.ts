import { readdir } from "node:fs/promises"
import type { Load, Seen } from "./generator.ts"
import { residentBytes, runScript } from "./processes.ts"

type Door = { port: number; key: string; pid: number }

/** One look at a server under a steady load. */
export type Sample = { atS: number; residentBytes: number; handles: number }
export type Soak = {
  /** Requests a second that were asked for: half of what it can. */
  jsonPerSecond: number
  streamsPerSecond: number
  samples: Sample[]
  failures: number
  lostFrames: number
}

const kinds = ["json", "stream"] as const
const connections = 16
const calibrationMs = 5_000
const samplesMax = 60
const sampleEveryMsMin = 5_000

/**
 * Keeps a server at half of what it can for so many minutes, whole answers and streams alike, and
 * looks at its memory and its open files from time to time.
 */
export async function soak(door: Door, minutes: number): Promise<Soak> {
  const ms = minutes * 60_000
  // Both kinds share the machine, so each gets a quarter of what it could have alone.
  const [jsonPerSecond = 0, streamsPerSecond = 0] = (await inTurn(door)).map((most) => most / 4)
  const rates = { json: jsonPerSecond, stream: streamsPerSecond }
  const loads = kinds.map((kind) =>
    run(door, { kind, everyMs: (connections * 1_000) / rates[kind], ms }),
  )
  const samples = await watch(door.pid, ms)
  const seen = await Promise.all(loads)
  const sum = (of: (seen: Seen) => number) => seen.reduce((total, one) => total + of(one), 0)
  return {
    jsonPerSecond,
    streamsPerSecond,
    samples,
    failures: sum((one) => one.failures),
    lostFrames: sum((one) => one.lostFrames),
  }
}

/** What it can do of each kind, one after the other. */
async function inTurn(door: Door): Promise<number[]> {
  const most: number[] = []
  for (const kind of kinds) most.push((await run(door, { kind, ms: calibrationMs })).perSecond)
  return most
}

function run({ port, key }: Door, own: Pick<Load, "kind" | "ms" | "everyMs">): Promise<Seen> {
  const load: Load = { port, key, connections, paceMs: 0, warmUpMs: 500, ...own }
  return runScript<Seen>("generator.ts", load)
}

async function watch(pid: number, ms: number): Promise<Sample[]> {
  const everyMs = Math.max(sampleEveryMsMin, ms / samplesMax)
  const samples: Sample[] = []
  const began = performance.now()
  for (let due = everyMs; due <= ms; due += everyMs) {
    await Bun.sleep(began + due - performance.now())
    const handles = (await readdir(`/proc/${pid}/fd`)).length
    samples.push({ atS: Math.round(due / 1_000), residentBytes: await residentBytes(pid), handles })
  }
  return samples
}
