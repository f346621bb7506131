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
/** What a group is made of: a hold to open, or a generation that ended. */
type Entry = { open: OpenHold; end?: never } | { end: Ending; open?: never }

/** The ledger of this process. `close` it last: until then it keeps its open holds alive. */
export function createLedger({ db, now, log, nodeId }: LedgerDeps): Ledger {
  const shard = shardOf(nodeId)
  const heartbeat = createHeartbeat({ db, now, log, leaseMs: holdLeaseMs })

  const books = createGroupCommit<Entry, billing.Opened | number>({
    write: (entries) => writeBooks(db, entries, { at: now(), shard }),
    isTransient,
    retryMs: (entry) => (entry.open ? openRetryMs : { [Symbol.iterator]: backOff }),
    onFailure: (error, entries) => log.warn("the books could not be written", { error, entries }),
  })

  return {
    async open(hold) {
      requireAmount(hold.amount)
      if (hold.amount === 0 && !hold.plan) return true
      const opened = await books.add({ open: { ...hold, usage: storable(hold.usage) } })
      if (opened) heartbeat.add(hold.id)
      return opened === true || opened === "plan" ? opened : false
    },
    checkpoint(id, charge, usage) {
      requireAmount(charge)
      heartbeat.note({ id, charge, usage: storable(usage) })
    },
    async settle(id, { held, charge, usage }) {
      requireAmount(charge)
      try {
        return Number(await books.add({ end: { id, held, charge, usage: storable(usage) } }))
      } finally {
        heartbeat.remove(id)
      }
    },
    available: async (accountId) => (await billing.balanceOf(db, accountId)).available,
    beat: heartbeat.beat,
    async close(patienceMs = closeMsMax) {
      await Promise.race([books.idle(), Bun.sleep(patienceMs)])
      books.stop()
      await heartbeat.close()
    },
  }
}

/** One transaction for all. @returns for each entry whether it was opened, or what was taken. */
async function writeBooks(
  db: LedgerDeps["db"],
  entries: readonly Entry[],
  { at, shard }: { at: number; shard: number },
): Promise<(billing.Opened | number)[]> {
  const lease = { createdAt: at, expiresAt: at + holdLeaseMs }
  const opens = entries.flatMap(({ open }) => (open ? [{ ...open, ...lease }] : []))
  const ends = entries.flatMap(({ end }) => (end ? [{ ...end, at }] : []))
  const { opened, taken } = await billing.keepBooks(db, { opens, ends }, shard)
  let nextOpen = 0
  let nextEnd = 0
  return entries.map(({ open }) => (open ? opened[nextOpen++] : taken[nextEnd++]) ?? false)
}

export type LedgerDeps = Pick<Deps, "db" | "now" | "log" | "nodeId">

function requireAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`${amount} is not an amount of micropoints`)
}

function* backOff(): Generator<number> {
  for (let ms = settleRetryMs.first; ; ms = Math.min(ms * 2, settleRetryMs.most)) yield ms
}
