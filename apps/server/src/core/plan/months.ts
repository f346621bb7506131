/** The same day and time so many calendar months later or earlier, in UTC; the month's last day where there is none. */
export const monthsFrom = (at: number, months: number): number =>
  inUtc(at).add({ months }).epochMilliseconds

/**
 * When the monthly window began that is open at `now`, of those counted from `startedAt`: each from
 * there, so that a short month does not move the ones after it. The first one, before there was any.
 */
export function windowAt(startedAt: number, now: number): number {
  return monthsFrom(startedAt, wholeMonths(startedAt, now))
}

/** When that window ends and the next one begins. */
export const nextWindow = (startedAt: number, now: number): number =>
  monthsFrom(startedAt, wholeMonths(startedAt, now) + 1)

/** Of the months counted from `startedAt`, how many are over. */
export function wholeMonths(startedAt: number, now: number): number {
  const [from, to] = [inUtc(startedAt), inUtc(now)]
  const months = (to.year - from.year) * 12 + to.month - from.month
  return Math.max(0, monthsFrom(startedAt, months) > now ? months - 1 : months)
}

const inUtc = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("UTC")
