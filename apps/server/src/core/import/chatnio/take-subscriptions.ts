import { type Harvest, taken } from "@nio/db"
import { monthsFrom } from "../../plan/months.ts"
import { instantOf } from "./local-time.ts"
import type { OldCounter } from "./old-site.ts"
import { added, type Entry, idOf, type Run, skipped, type Take } from "./run.ts"

const levels = ["1", "2", "3"]

/**
 * Plans. Their windows begin where the counters of the old server say, else a whole number of months
 * before the plan ends; over there every counter had a month of its own.
 */
export const takeSubscriptions: Take = {
  kind: "subscription",
  table: "subscription",
  columns: ["user_id", "level", "expired_at", "total_month"],
  async plan(run, rows) {
    const owners = rows.flatMap((row) => run.users.get(row.user_id ?? "") ?? [])
    const known = await taken.planStarts(run.db, owners)
    const subscriptions: NonNullable<Harvest["subscriptions"]> = []
    const entries: Entry[] = []
    for (const row of rows) {
      const userId = run.users.get(row.user_id ?? "")
      const expiresAt = instantOf(row.expired_at, run.zone)
      // The column is younger than the table; who was in it then had the highest level.
      const level = row.level === null ? "3" : row.level
      const reason = !userId
        ? "owner-unknown"
        : expiresAt === undefined
          ? "plan-endless"
          : !levels.includes(level ?? "")
            ? "plan-level"
            : known.has(userId)
              ? "plan-taken"
              : ""
      if (reason || !userId || expiresAt === undefined) {
        entries.push(skipped(idOf(row), reason))
        continue
      }
      const startedAt = startOf(run, row.user_id ?? "", expiresAt)
      known.set(userId, startedAt)
      run.began.set(userId, startedAt)
      subscriptions.push({
        ...{ userId, level: Number(level), startedAt, expiresAt, updatedAt: run.now() },
        months: Math.max(0, Number(row.total_month ?? 0)),
      })
      entries.push(added(idOf(row), userId))
    }
    return { harvest: { subscriptions }, entries }
  },
}

function startOf(run: Run, oldUserId: string, expiresAt: number): number {
  const counted = run.counted.get(oldUserId) ?? []
  const begun = counted.flatMap((counter) => sinceOf(run, counter) ?? [])
  if (begun.length > 0) return Math.max(...begun)
  let months = 1
  while (monthsFrom(expiresAt, -months) > run.now()) months++
  return monthsFrom(expiresAt, -months)
}

/** `2026-11-23:22:58:04` of the old server's clock. */
export const sinceOf = (run: Run, { since }: OldCounter): number | undefined =>
  instantOf(since.replace(/^(\d{4}-\d\d-\d\d):/, "$1 "), run.zone)
