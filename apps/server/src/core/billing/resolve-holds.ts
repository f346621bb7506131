import { billing, isTransient } from "@nio/db"
import type { LedgerDeps } from "./create-ledger.ts"
import { shardOf } from "./shard.ts"

const pageHolds = 100
/** How long the record of an ended hold is kept; what it took stays in the ledger. */
const endedHoldsMs = 7 * 24 * 60 * 60_000

/** Ends the holds whose process died, by what was due at their last checkpoint. @returns how many. */
export const resolveHolds = (deps: LedgerDeps): Promise<number> => resolve(deps, deps.now())

/**
 * Ends every open hold at once. Only at the start of the only process there is, before its ledger
 * opens one: whoever had opened them is gone.
 */
export const resolveAbandonedHolds = (deps: LedgerDeps): Promise<number> =>
  resolve(deps, Number.MAX_SAFE_INTEGER)

/** Deletes the records of holds that ended long ago. */
export async function pruneHolds({ db, now }: LedgerDeps): Promise<void> {
  const before = now() - endedHoldsMs
  while ((await billing.pruneHolds(db, before, pageHolds)) === pageHolds);
}

async function resolve(deps: LedgerDeps, before: number): Promise<number> {
  let resolved = 0
  while (true) {
    const ids = await billing.lateHolds(deps.db, before, pageHolds)
    if (ids.length === 0) return resolved
    const ended = await expire(deps, ids, before)
    resolved += ended
    // Another node was faster, or what is left cannot be ended now.
    if (ended === 0) return resolved
  }
}

/** One that cannot be ended must not keep the others open. */
async function expire(deps: LedgerDeps, ids: readonly string[], before: number): Promise<number> {
  const { db, now, log, nodeId } = deps
  try {
    return await billing.expireHolds(db, { ids, before, at: now(), shard: shardOf(nodeId) })
  } catch (error) {
    if (isTransient(error)) throw error
    if (ids.length === 1) {
      log.error("a hold cannot be resolved", { error, id: ids[0] })
      return 0
    }
    let ended = 0
    for (const id of ids) ended += await expire(deps, [id], before)
    return ended
  }
}
