import { billing } from "@nio/db"
import type { BalanceView } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** The actor's own points. */
export async function getBalance(deps: Deps, actor: Actor): Promise<BalanceView> {
  requireActive(actor)
  const { available, held } = await billing.balanceOf(deps.db, actor.userId)
  return { available, held }
}
