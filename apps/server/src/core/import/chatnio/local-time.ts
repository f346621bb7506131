const written = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/

/**
 * What a clock on a wall showed, `2026-11-23 22:58:04`, as epoch milliseconds. A time that the clock
 * skipped or showed twice is taken as most calendars do: moved forward, and the earlier one.
 * @returns undefined for what is no time, such as MySQL's zeros
 */
export function instantOf(text: string | null | undefined, zone: string): number | undefined {
  const [, day, time] = written.exec(text ?? "") ?? []
  if (!day) return undefined
  try {
    return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return undefined
  }
}

/** @returns whether it is the name of a time zone, such as `Asia/Shanghai` */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}
