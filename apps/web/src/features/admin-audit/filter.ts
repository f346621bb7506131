/** Which acts are shown; lives in the address of the page. Days as `2026-01-31`, of whoever looks. */
export type AuditFilter = { act?: string; actor?: string; from?: string; to?: string }

const day = /^\d{4}-\d{2}-\d{2}$/

/** Of an address, whoever wrote it. */
export function filterOf({ act, actor, from, to }: Record<string, unknown>): AuditFilter {
  const text = (value: unknown) => typeof value === "string" && value !== ""
  const isDay = (value: unknown) => typeof value === "string" && day.test(value)
  return {
    ...(text(act) && { act: String(act) }),
    ...(text(actor) && { actor: String(actor) }),
    ...(isDay(from) && { from: String(from) }),
    ...(isDay(to) && { to: String(to) }),
  }
}

/** The same as the server takes it: until the end of the last day. */
export function askedFor({ act, actor, from, to }: AuditFilter) {
  const [start, end] = [startOf(from), startOf(to)]
  const until = end === undefined ? undefined : new Date(end).setDate(new Date(end).getDate() + 1)
  return {
    ...(act && { act }),
    ...(actor && { actor }),
    ...(start !== undefined && { from: start }),
    ...(until !== undefined && { until }),
  }
}

function startOf(date: string | undefined): number | undefined {
  const at = date ? new Date(`${date}T00:00`).getTime() : Number.NaN
  return at >= 0 ? at : undefined
}
