import { billing, keyUsage } from "@nio/db"
import type { Micropoints } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { keySpending } from "../identity/key-spending.ts"

export type Spending = {
  /** What the actor has, points set aside for answers under way included. */
  balance: Micropoints
  /** What answers have cost in all this time. */
  spent: Micropoints
}
/** Epoch milliseconds, `until` excluded. */
export type Period = { from: number; until: number }

const always: Period = { from: 0, until: Number.MAX_SAFE_INTEGER }

/**
 * The actor's own points, and what they spent, by the ledger. To a key with a spend cap that is what
 * it may still spend, and what was spent with it: whoever has it need not know what its owner has.
 */
export async function getSpending(deps: Deps, actor: Actor, period = always): Promise<Spending> {
  const { userId, keyId = "" } = requireActive(actor)
  const { available, held } = await billing.balanceOf(deps.db, userId)
  const balance = available + held
  const key = await keySpending(deps, actor)
  if (!key) return { balance, spent: await billing.spentBy(deps.db, userId, period) }
  const spent = await keyUsage.chargeOfKey(deps.db, { userId, keyId, ...period })
  return { balance: Math.min(balance, key.left), spent }
}
