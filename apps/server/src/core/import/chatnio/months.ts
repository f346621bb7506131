/** The same day and time so many calendar months later or earlier, in UTC; the month's last day where there is none. */
export const monthsFrom = (at: number, months: number): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("UTC").add({ months })
    .epochMilliseconds

/** When the monthly window began that is open at `now`, of those counted from `startedAt`. */
export function windowAt(startedAt: number, now: number): number {
  let months = 0
  while (monthsFrom(startedAt, months + 1) <= now) months++
  return monthsFrom(startedAt, months)
}
