import { billing, isTransient } from "@nio/db"
import type { Deps } from "../deps.ts"
import { createGroupCommit } from "./group-commit.ts"
import { createHeartbeat } from "./heartbeat.ts"
import type { Ledger, UsageLine } from "./ledger.ts"
import { shardOf } from "./shard.ts"
import { storable } from "./storable.ts"

/** How long a hold outlives its process. With the sweep's rhythm it is resolved well within a minute. */
export const holdLeaseMs = 30_000

/** A caller is waiting, so only a hiccup is bridged. */
const openRetryMs = [50, 250]
/** Points were spent: there is no giving up, only waiting. */
const settleRetryMs = { first: 100, most: 10_000 }
const closeMsMax = 10_000

type OpenHold = Parameters<Ledger["open"]>[0]
type Ending = { id: string; held: boolean; charge: number; usage: UsageLine }

/** The ledger of this process. `close` it last: until then it keeps its open holds alive. */
export function createLedger({ db, now, log, nodeId }: LedgerDeps): Ledger {
  const shard = shardOf(nodeId)
  const heartbeat = createHeartbeat({ db, now, log, leaseMs: holdLeaseMs })

  const opens = createGroupCommit<OpenHold, boolean>({
    write: (holds) => {
      const createdAt = now()
      const lease = { createdAt, expiresAt: createdAt + holdLeaseMs }
      return billing.openHolds(
        db,
        holds.map((hold) => ({ ...hold, ...lease })),
      )
    },
    isTransient,
    retryMs: openRetryMs,
    onFailure: (error, holds) => log.warn("setting points aside failed", { error, holds }),
  })
  const settles = createGroupCommit<Ending, number>({
    write: (ends) => {
      const at = now()
      return billing.settleHolds(
        db,
        ends.map((end) => ({ ...end, at })),
        shard,
      )
    },
    isTransient,
    retryMs: { [Symbol.iterator]: backOff },
    onFailure: (error, ends) => log.error("settling failed and is tried again", { error, ends }),
  })

  return {
    async open(hold) {
      requireAmount(hold.amount)
      if (hold.amount === 0) return true
      const opened = await opens.add({ ...hold, usage: storable(hold.usage) })
      if (opened) heartbeat.add(hold.id)
      return opened
    },
    checkpoint(id, charge, usage) {
      requireAmount(charge)
      heartbeat.note({ id, charge, usage: storable(usage) })
    },
    async settle(id, { held, charge, usage }) {
      requireAmount(charge)
      try {
        return await settles.add({ id, held, charge, usage: storable(usage) })
      } finally {
        heartbeat.remove(id)
      }
    },
    available: async (accountId) => (await billing.balanceOf(db, accountId)).available,
    beat: heartbeat.beat,
    async close(patienceMs = closeMsMax) {
      const everything = Promise.all([opens.idle(), settles.idle()])
      await Promise.race([everything, Bun.sleep(patienceMs)])
      opens.stop()
      settles.stop()
      await heartbeat.close()
    },
  }
}

export type LedgerDeps = Pick<Deps, "db" | "now" | "log" | "nodeId">

function requireAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`${amount} is not an amount of micropoints`)
}

function* backOff(): Generator<number> {
  for (let ms = settleRetryMs.first; ; ms = Math.min(ms * 2, settleRetryMs.most)) yield ms
}
