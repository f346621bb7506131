/** A day as a date field has it, `2026-01-31`, where the administrator is. */
export function dayOf(ms: number): string {
  const behind = new Date(ms).getTimezoneOffset() * 60_000
  return new Date(ms - behind).toISOString().slice(0, 10)
}

/** The moment that was meant, while the field still has its day; else the first of the day. */
export const startOn = (day: string, meant: number): number | undefined =>
  momentOn(day, "00:00", meant)

/** The same, but the last moment of the day. */
export const endOn = (day: string, meant: number): number | undefined =>
  momentOn(day, "23:59:59.999", meant)

function momentOn(day: string, time: string, meant: number): number | undefined {
  if (day === dayOf(meant)) return meant
  const at = new Date(`${day}T${time}`).getTime()
  return at >= 0 ? at : undefined
}

/** The same day and time so many months later, in UTC as the server counts; the month's last day where there is none. */
export function monthsLater(ms: number, months: number): number {
  const then = new Date(ms)
  const day = then.getUTCDate()
  then.setUTCMonth(then.getUTCMonth() + months)
  if (then.getUTCDate() !== day) then.setUTCDate(0)
  return then.getTime()
}
