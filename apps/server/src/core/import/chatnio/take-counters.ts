import { type Harvest, taken } from "@nio/db"
import { monthsFrom, windowAt } from "../../plan/months.ts"
import type { OldCounter } from "./old-site.ts"
import { itemIdOf } from "./plans-of.ts"
import { added, type Entry, type Page, type Run, skipped } from "./run.ts"
import { sinceOf } from "./take-subscriptions.ts"

export const counterKind = "counter" as const
export const counterIdOf = ({ item, userId }: OldCounter): string => `${item}:${userId}`

/** What plans were used for in the month that is under way, into the window that is open here. */
export async function planCounters(run: Run, counters: readonly OldCounter[]): Promise<Page> {
  const owners = [...new Set(counters.flatMap(({ userId }) => run.users.get(userId) ?? []))]
  const began = await taken.planStarts(run.db, owners)
  const known = await taken.counters(run.db, owners)
  const rows: NonNullable<Harvest["planCounters"]> = []
  const entries: Entry[] = []
  for (const counter of counters) {
    const userId = run.users.get(counter.userId)
    const startedAt = userId && (run.began.get(userId) ?? began.get(userId))
    const since = sinceOf(run, counter)
    const reason = !userId
      ? "owner-unknown"
      : !startedAt
        ? "plan-none"
        : since === undefined || monthsFrom(since, 1) <= run.now()
          ? "month-over"
          : known.has(`${userId}:${itemIdOf(counter.item)}`)
            ? "counter-taken"
            : ""
    if (reason || !userId || !startedAt) {
      entries.push(skipped(counterIdOf(counter), reason))
      continue
    }
    const windowBegan = windowAt(startedAt, run.now())
    rows.push({
      ...{ userId, itemId: itemIdOf(counter.item), windowAt: windowBegan },
      used: Math.max(0, counter.used),
    })
    entries.push(added(counterIdOf(counter), userId))
  }
  return { harvest: { planCounters: rows }, entries }
}
