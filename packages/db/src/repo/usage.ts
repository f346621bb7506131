import type { Db, SqlValue } from "../db.ts"
import type { UsageOutcome } from "../schema/billing.ts"
import { insertOf, orAdd, places } from "./sql.ts"

/** One generation, as the usage log keeps it. */
export type UsageEntry = {
  userId: string
  keyId: string | null
  /** Whether the key's `spent` counts the hold. Not in the log: it matters until the end only. */
  capped?: boolean
  source: string
  model: string
  channelId: string | null
  upstreamModel: string | null
  attempts: number
  userGroup: string
  inputTokens: number
  outputTokens: number
  cachedTokens: number
  reasoningTokens: number
  cacheWriteTokens: number
  audioTokens: number
  images: number
  /** Missing in what an earlier version noted of a hold. */
  mediaMs?: number
  usageFrom: string
  /** Micropoints the upstream is paid. */
  cost: number
  price: unknown
  outcome: UsageOutcome
  errorCode: string | null
  finish: string | null
  firstMs: number | null
  totalMs: number
}

/** `charge` was taken, `writtenOff` was not to be had. `id` is the generation's. */
export type UsageRow = {
  id: string
  at: number
  charge: number
  writtenOff: number
  /** The plan's item that paid. */
  planItem: string | null
  usage: UsageEntry
}

/**
 * Writes the lines and adds them to their hours. Part of the caller's transaction, so that the
 * roll-up never differs from the log.
 */
export async function writeUsage(tx: Db, rows: readonly UsageRow[], shard: number): Promise<void> {
  if (rows.length === 0) return
  await tx.post(insertLine(rows.length), rows.flatMap(lineParams))

  const hours = byHour(rows, shard)
  await tx.post(insertHour(hours.length) + orAdd(tx, hourKeys, hourSums), hours.flat())
}

const insertLine = insertOf("usage_log", [
  "id",
  "at",
  "user_id",
  "key_id",
  "source",
  "model",
  "channel_id",
  "upstream_model",
  "attempts",
  "user_group",
  "input_tokens",
  "output_tokens",
  "cached_tokens",
  "reasoning_tokens",
  "cache_write_tokens",
  "audio_tokens",
  "images",
  "media_ms",
  "usage_from",
  "charge",
  "written_off",
  "cost",
  "price",
  "outcome",
  "error_code",
  "finish",
  "first_ms",
  "total_ms",
  "plan_item",
])

const lineParams = ({ id, at, charge, writtenOff, planItem, usage }: UsageRow): SqlValue[] => [
  id,
  at,
  usage.userId,
  usage.keyId,
  usage.source,
  usage.model,
  usage.channelId,
  usage.upstreamModel,
  usage.attempts,
  usage.userGroup,
  usage.inputTokens,
  usage.outputTokens,
  usage.cachedTokens,
  usage.reasoningTokens,
  usage.cacheWriteTokens,
  usage.audioTokens,
  usage.images,
  usage.mediaMs ?? 0,
  usage.usageFrom,
  charge,
  writtenOff,
  usage.cost,
  JSON.stringify(usage.price),
  usage.outcome,
  usage.errorCode,
  usage.finish,
  usage.firstMs,
  usage.totalMs,
  planItem,
]

/** Which of these have their line already. */
export async function linesAmong(
  tx: Db,
  rows: readonly { id: string }[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set()
  const found = await tx.rows<{ id: string }>(
    `select id from usage_log where id in (${places(rows.length)})`,
    rows.map(({ id }) => id),
  )
  return new Set(found.map(({ id }) => id))
}

const hourMs = 3_600_000
const hourKeys = ["hour", "model", "channel_id", "user_group", "shard"]
const hourSums = ["requests", "failures", "input_tokens", "output_tokens", "charge", "written_off"]
const insertHour = insertOf("usage_hours", [...hourKeys, ...hourSums])

type Hour = [
  hour: number,
  model: string,
  channelId: string,
  userGroup: string,
  shard: number,
  ...sums: Sums,
]
type Sums = [
  requests: number,
  failures: number,
  input: number,
  output: number,
  charge: number,
  writtenOff: number,
]

/** One row per key, in the order of the keys, so that two writers never wait for each other crosswise. */
function byHour(rows: readonly UsageRow[], shard: number): Hour[] {
  const hours = new Map<string, Hour>()
  for (const { at, charge, writtenOff, usage } of rows) {
    const hour = Math.floor(at / hourMs)
    const channelId = usage.channelId ?? ""
    const key = `${hour}\n${usage.model}\n${channelId}\n${usage.userGroup}`
    const failed = usage.outcome === "failed" || usage.outcome === "interrupted" ? 1 : 0
    const sums: Sums = [1, failed, usage.inputTokens, usage.outputTokens, charge, writtenOff]
    const known = hours.get(key)
    if (!known) hours.set(key, [hour, usage.model, channelId, usage.userGroup, shard, ...sums])
    else for (const [index, sum] of sums.entries()) (known[5 + index] as number) += sum
  }
  return [...hours].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hour]) => hour)
}
