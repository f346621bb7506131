import { alone, type Case, cases, hedged, type Target, targets } from "./cases.ts"
import type { Seen } from "./generator.ts"
import type { SlowReaders } from "./slow-readers.ts"
import { textChunks } from "./traffic.ts"

/** Everything measured in one run. */
export type Measured = {
  loads: { case: string; target: Target; seen: Seen }[]
  /** Milliseconds until `/healthz` answers. */
  coldStartMs: number
  warmStartMs: number
  idleSocketBytes: number
  idleSockets: number
  /** Memory beside callers who read too slowly, by who they are. On SQLite. */
  slow: Record<string, SlowReaders>
  /** Bytes, on SQLite: in the last moment of the load, and a little later. */
  residentUnderLoad: number
  residentAfter: number
  loadSeconds: number
}

export type Verdict = { what: string; expected: string; measured: string; met: boolean }

const names: Record<Target, string> = {
  direct: "upstream alone",
  bare: "bare proxy",
  sqlite: "ours, SQLite",
  mariadb: "ours, MariaDB + Redis",
}
const kib = 1024
const mib = 1024 * 1024
const inMib = (bytes: number) => `${(bytes / mib).toFixed(0)} MiB`

export function table({ loads }: Measured): string {
  return cases
    .filter(({ name }) => loads.some((load) => load.case === name))
    .map((one) => {
      const rows = targets.flatMap((target) => {
        const seen = seenOf(loads, one, target)
        if (!seen) return []
        const beside = seenOf(loads, one, one.paceMs > 0 ? "direct" : "bare")
        return [row(one, names[target], seen, beside)]
      })
      return [`\n${one.name}`, ...rows].join("\n")
    })
    .join("\n")
}

function row({ kind, paceMs }: Case, name: string, seen: Seen, beside: Seen | undefined): string {
  const { perSecond, meanMs } = seen
  const share = beside ? (perSecond / beside.perSecond).toFixed(2) : "–"
  const added = (meanMs - (beside?.meanMs ?? Number.NaN)) / textChunks
  const columns = [
    name.padEnd(22),
    ...(paceMs === 0
      ? [`${perSecond.toFixed(0)}/s`.padStart(9), `× ${share}`.padStart(7)]
      : [`added per chunk ${ms(added)}`]),
    ...(kind === "json"
      ? [`p50 ${ms(seen.p50Ms)}`, `p99 ${ms(seen.p99Ms)}`]
      : [
          `first p50 ${ms(seen.first50Ms)}`,
          `p99 ${ms(seen.first99Ms)}`,
          `lost ${seen.lostFrames}`,
        ]),
    ...(seen.failures > 0 ? [`FAILED ${seen.failures}`] : []),
  ]
  return `  ${columns.join("  ")}`
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`.padStart(8)

const seenOf = (loads: Measured["loads"], one: Pick<Case, "name">, target: Target) =>
  loads.find((load) => load.case === one.name && load.target === target)?.seen

/** What was expected, beside what was seen. */
export function verdicts(measured: Measured): Verdict[] {
  const { loads } = measured
  return [
    ...ours.flatMap((target) => [
      ...cases.flatMap((one) => ofCase(loads, one, target)),
      ...losses(loads, target),
    ]),
    ...Object.entries(measured.slow).flatMap(([who, seen]) => ofReaders(who, seen)),
    most("start in an empty folder", 3_000, measured.coldStartMs, (value) => ms(value).trim()),
    most("second start", 2_000, measured.warmStartMs, (value) => ms(value).trim()),
    most(
      `memory per idle chat socket, of ${measured.idleSockets}`,
      12 * kib,
      measured.idleSocketBytes,
      (bytes) => `${(bytes / kib).toFixed(1)} KiB`,
    ),
    most(
      `resident after ${measured.loadSeconds} s of load (while it lasts: ${inMib(measured.residentUnderLoad)})`,
      150 * mib,
      measured.residentAfter,
      inMib,
    ),
  ]
}

const ours = ["sqlite", "mariadb"] as const
const ratioMin = { json: { sqlite: 0.5, mariadb: 0.3 }, stream: { sqlite: 0.6, mariadb: 0.6 } }
const addedMsMax = 0.4
const failOverMsMax = 2

function ofCase(loads: Measured["loads"], one: Case, target: "sqlite" | "mariadb"): Verdict[] {
  const [seen, bare, direct] = [target, "bare" as const, "direct" as const].map((name) =>
    seenOf(loads, one, name),
  )
  if (!seen || !bare || !direct) return []
  const what = `${names[target]}: ${one.name}`
  if (one.paceMs > 0) return [addedPerChunk(what, seen, direct)]
  if (one.name === hedged) return failOver(loads, seen, target)
  // One at a time, the figure that tells is what is added, not a share of next to nothing.
  if (one.connections === 1) {
    const added = seen.p50Ms - direct.p50Ms
    return [most(`${what}, added to p50`, addedMsMax, added, (value) => ms(value).trim())]
  }
  const ratio = seen.perSecond / bare.perSecond
  const least = one.least ? one.least[target] : ratioMin[one.kind][target]
  if (least === undefined) return []
  const met = ratio >= least
  return [{ what: `${what}, of bare`, expected: `≥ ${least}`, measured: ratio.toFixed(2), met }]
}

/** Every second answer took one more attempt: the middle of those, beside the middle of the others. */
function failOver(loads: Measured["loads"], seen: Seen, target: Target): Verdict[] {
  const plain = seenOf(loads, { name: alone }, target)
  if (!plain) return []
  const cost = seen.p75Ms - plain.p50Ms
  return [most(`${names[target]}: a fail-over`, failOverMsMax, cost, (value) => ms(value).trim())]
}

/** What must not happen in any case. */
function losses(loads: Measured["loads"], target: Target): Verdict[] {
  const own = loads.filter((load) => load.target === target)
  const sum = (of: (seen: Seen) => number) => own.reduce((total, { seen }) => total + of(seen), 0)
  if (own.length === 0) return []
  return [
    most(
      `${names[target]}: frames lost`,
      0,
      sum((seen) => seen.lostFrames),
      String,
    ),
    most(
      `${names[target]}: failures`,
      0,
      sum((seen) => seen.failures),
      String,
    ),
  ]
}

/** What a server has at least, late in comparison with early: between them garbage comes and goes. */
const growthMax = 1.25

function ofReaders(who: string, { before, samples, lost }: SlowReaders): Verdict[] {
  const half = samples.length / 2
  const [early, late] = [Math.min(...samples.slice(0, half)), Math.min(...samples.slice(half))]
  const memory = [before, ...samples].map((bytes) => (bytes / mib).toFixed(0)).join(" ")
  return [
    most(`${who}, memory late to early (MiB: ${memory})`, growthMax, late / early, inTimes),
    most(`${who}, lost`, 0, lost, String),
  ]
}

const inTimes = (share: number) => `× ${share.toFixed(2)}`

/** How much longer a stream took than without us, spread over its chunks. */
function addedPerChunk(what: string, seen: Seen, direct: Seen): Verdict {
  const added = (seen.meanMs - direct.meanMs) / textChunks
  return most(`${what}, added per chunk`, 1, added, (value) => ms(value).trim())
}

export const line = ({ what, expected, measured: seen, met }: Verdict) =>
  `${met ? "✓" : "✗"} ${what}: ${seen} (${expected})`

export function most(what: string, limit: number, value: number, show: (value: number) => string) {
  return { what, expected: `≤ ${show(limit)}`, measured: show(value), met: value <= limit }
}
