import { z } from "zod"
import type { ChargeFormula } from "./charge.ts"
import { entityId } from "./id.ts"
import type { Micropoints } from "./micropoints.ts"
import { modelName } from "./model-name.ts"
import { pointsAmount } from "./points.ts"

/** Answers, what gave points, and what took them otherwise. */
const statementKinds = ["answer", "credit", "debit"] as const
export type StatementKind = (typeof statementKinds)[number]

/** Epoch milliseconds. */
const moment = z.int().min(0).max(8_640_000_000_000_000)

/** A model or a key narrows a statement to answers. */
export const statementFilter = z.object({
  from: moment,
  /** Excluded. */
  until: moment,
  kind: z.enum(statementKinds).optional(),
  model: modelName.optional(),
  keyId: entityId.optional(),
})
export type StatementFilter = z.infer<typeof statementFilter>

/** Whose; everybody's when left out. For the operator. */
export const siteStatementFilter = statementFilter.extend({ userId: entityId.optional() })
export type SiteStatementFilter = z.infer<typeof siteStatementFilter>

/** `cursor` is where the page before ended. */
const paging = {
  cursor: z.string().min(1).max(64).optional(),
  limit: z.int().min(1).max(100),
}
export const listStatement = statementFilter.extend(paging)
export type ListStatement = z.infer<typeof listStatement>
export const listSiteStatement = siteStatementFilter.extend(paging)
export type ListSiteStatement = z.infer<typeof listSiteStatement>

/** Minutes the reader's clock is ahead of UTC, by which days begin. */
const utcOffset = z.int().min(-900).max(900)
export const statementTotals = z.object({ from: moment, until: moment, utcOffset })
export type StatementTotals = z.infer<typeof statementTotals>
export const siteStatementTotals = statementTotals.extend({ userId: entityId.optional() })
export type SiteStatementTotals = z.infer<typeof siteStatementTotals>

/** What caused a movement, by the first word of its reference. */
export const statementCauses = [
  "answer",
  "admin",
  "redeem",
  "gift",
  "plan",
  "initial",
  "grant",
  "import",
] as const
export type StatementCause = (typeof statementCauses)[number] | "other"

/** A line of a statement. `points` is what the balance changed by. */
export type StatementEntry = {
  id: string
  at: number
  kind: StatementKind
  cause: StatementCause
  points: Micropoints
  /** A person's words; empty when nobody said any. */
  reason: string
  /** Of answers. */
  answer: StatementAnswer | null
}

/** What an answer cost, and why so much. `formula` is null when nobody knows its price's shape any more. */
export type StatementAnswer = {
  model: string
  key: { id: string; name: string } | null
  source: string
  outcome: "done" | "stopped" | "failed" | "interrupted"
  /** Who counted: `upstream`, `counted` by us, `cache` for an answer told again, `none`. */
  usageFrom: string
  inputTokens: number
  cachedTokens: number
  cacheWriteTokens: number
  outputTokens: number
  reasoningTokens: number
  audioTokens: number
  images: number
  seconds: number
  formula: ChargeFormula | null
  /** What the balance did not reach for. */
  writtenOff: Micropoints
  /** The plan's item that paid. */
  planItem: string | null
}

/** The same for the operator. `margin` is what was taken without what the upstream is paid. */
export type SiteStatementEntry = StatementEntry & {
  user: { id: string; name: string }
  channel: string | null
  cost: Micropoints
  margin: Micropoints
}

type Sums = { requests: number; charge: Micropoints }
/** What answers cost in a time. `day` is its date as `2026-01-31`. */
export type StatementSums = {
  byDay: (Sums & { day: string })[]
  byModel: (Sums & { model: string })[]
  /** Null for what was asked without a key, and empty for everybody's. */
  byKey: (Sums & { key: { id: string; name: string } | null })[]
}

/** Points below which their owner is told; null for no alarm. */
export const setAlarm = z.object({ below: pointsAmount.nullable() })
export type SetAlarm = z.infer<typeof setAlarm>

/** `low` while there is less than that. */
export type AlarmView = { below: Micropoints | null; low: boolean }
