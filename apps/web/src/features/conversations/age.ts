export type Age = "today" | "yesterday" | "week" | "month" | "older"

const dayMs = 24 * 60 * 60_000

/** How long ago, in calendar days where the reader is. */
export function ageOf(at: number, now: number): Age {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (at >= midnight) return "today"
  if (at >= midnight - dayMs) return "yesterday"
  if (at >= midnight - 7 * dayMs) return "week"
  return at >= midnight - 30 * dayMs ? "month" : "older"
}
