import { billing, type Db } from "@nio/db"
import { createLedger } from "@nio/server/core/billing/create-ledger"
import type { Ledger, UsageLine } from "@nio/server/core/billing/ledger"
import type { Log } from "@nio/server/core/deps"

const silent: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
}

/** What a ledger of one process needs; `clock` can be moved by hand. */
export function ledgerDeps(db: Db, nodeId = crypto.randomUUID()) {
  const clock = { at: Date.now() }
  return { db, now: () => clock.at, log: silent, nodeId, clock }
}

export const openLedger = (db: Db) => createLedger(ledgerDeps(db))

export const usageOf = (userId: string, change: Partial<UsageLine> = {}): UsageLine => ({
  userId,
  keyId: null,
  source: "relay",
  model: "gpt-4o",
  channelId: "channel",
  upstreamModel: "gpt-4o-2024",
  attempts: 1,
  userGroup: "normal",
  inputTokens: 10,
  outputTokens: 20,
  cachedTokens: 0,
  reasoningTokens: 0,
  cacheWriteTokens: 0,
  audioTokens: 0,
  images: 0,
  mediaMs: 0,
  usageFrom: "upstream",
  cost: 0,
  price: { type: "per-token", input: 1, output: 2 },
  outcome: "done",
  errorCode: null,
  finish: "stop",
  firstMs: 1,
  totalMs: 2,
  ...change,
})

export const holdOf = (accountId: string, amount: number, id: string = Bun.randomUUIDv7()) => ({
  id,
  accountId,
  amount,
  usage: usageOf(accountId),
})

export const endOf = (charge: number) => ({ held: true, charge, usage: usageOf("u") })

/** Opens a hold. @returns its id */
export async function openedHold(ledger: Ledger, accountId: string, amount: number) {
  const hold = holdOf(accountId, amount)
  if (!(await ledger.open(hold))) throw new Error("the hold was refused")
  return hold.id
}

type Line = { charge: number; written_off: number; outcome: string; output_tokens: number }

export async function usageLine(db: Db, id: string): Promise<Line | undefined> {
  const [line] = await db.rows<Line>(
    "select charge, written_off, outcome, output_tokens from usage_log where id = ?",
    [id],
  )
  return line
}

/** An account of its own with this much in it. @returns its id */
export async function accountWith(db: Db, amount: number): Promise<string> {
  const accountId = Bun.randomUUIDv7()
  await topUp(db, accountId, amount)
  return accountId
}

export const topUp = (db: Db, accountId: string, amount: number, reference = newReference()) =>
  billing.creditAccount(db, {
    id: Bun.randomUUIDv7(),
    accountId,
    amount,
    reference,
    reason: "test",
    createdAt: Date.now(),
  })

export const newReference = () => `admin:${Bun.randomUUIDv7()}`

/** Differences between the hourly sums and the lines they are made of. */
export const usageDrift = (db: Db) =>
  db.rows(
    `select * from (
      select sum(requests) as requests, sum(input_tokens) as input, sum(charge) as charge,
        sum(written_off) as lost, hour, model, channel_id, user_group
      from (
        select requests, input_tokens, charge, written_off, hour, model, channel_id, user_group
        from usage_hours
        union all
        select -1, -input_tokens, -charge, -written_off,
          ${hourOf[db.dialect]}, model, coalesce(channel_id, ''), user_group
        from usage_log
      ) both_sides group by hour, model, channel_id, user_group
    ) sums where requests <> 0 or input <> 0 or charge <> 0 or lost <> 0`,
    [],
  )

/** Whole hours: only MySQL has a division that keeps the fraction. */
const hourOf = { mysql: "at div 3600000", sqlite: "at / 3600000" }
