import { line, most } from "./report.ts"
import type { Sample, Soak } from "./soak.ts"

const mib = 1024 * 1024
/** Late in comparison with early; what a server needs to warm up is before both. */
const growthMax = 1.15

/** The series of samples, and whether anything grew. */
export function soakReport(seen: Soak): string {
  const { jsonPerSecond, streamsPerSecond, samples } = seen
  const rates = `${jsonPerSecond.toFixed(0)} whole answers and ${streamsPerSecond.toFixed(0)} streams a second`
  const rows = samples.map(
    ({ atS, residentBytes, handles }) =>
      `  ${`${atS} s`.padStart(7)}  ${(residentBytes / mib).toFixed(0).padStart(5)} MiB  ${String(handles).padStart(5)} handles`,
  )
  const verdicts = [
    most("memory, late to early", growthMax, growth(samples, "residentBytes"), inTimes),
    most("handles, late to early", growthMax, growth(samples, "handles"), inTimes),
    most("frames lost", 0, seen.lostFrames, String),
    most("failures", 0, seen.failures, String),
  ]
  return [`\nHalf the load: ${rates}`, ...rows, "", ...verdicts.map(line)].join("\n")
}

const inTimes = (share: number) => `× ${share.toFixed(2)}`

/** The least of the last third by that of the second: garbage comes and goes. */
function growth(samples: readonly Sample[], what: "residentBytes" | "handles"): number {
  const third = Math.ceil(samples.length / 3)
  const least = (some: readonly Sample[]) => Math.min(...some.map((sample) => sample[what]))
  return least(samples.slice(-third)) / least(samples.slice(third, 2 * third))
}
