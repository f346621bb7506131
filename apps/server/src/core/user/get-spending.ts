import { billing } from "@nio/db"
import type { Micropoints } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

export type Spending = {
  /** What the actor has, points set aside for answers under way included. */
  balance: Micropoints
  /** What answers have cost in all this time. */
  spent: Micropoints
}
/** Epoch milliseconds, `until` excluded. */
export type Period = { from: number; until: number }

const always: Period = { from: 0, until: Number.MAX_SAFE_INTEGER }

/** The actor's own points, and what they spent, by the ledger. */
export async function getSpending(deps: Deps, actor: Actor, period = always): Promise<Spending> {
  requireActive(actor)
  const { available, held } = await billing.balanceOf(deps.db, actor.userId)
  return { balance: available + held, spent: await billing.spentBy(deps.db, actor.userId, period) }
}
