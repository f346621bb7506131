import { users } from "@nio/db"
import { type AddPoints, type BalanceView, toMicropoints } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import { creditUser } from "../billing/credit-user.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { getBalance } from "./get-balance.ts"

/**
 * Gives points to somebody, with a reason that stays in the ledger. A repeat of the same request
 * changes nothing and answers the same.
 * @throws AppError `user.not-found`, `input.invalid`
 */
export async function addPoints(
  deps: Deps,
  actor: Actor,
  { userId, points, reason, requestId }: AddPoints,
): Promise<BalanceView> {
  requireAdmin(actor)
  if (!(await users.findUserById(deps.db, userId)))
    throw new AppError("user.not-found", { id: userId })
  const amount = toMicropoints(points)
  await deps.db.transaction(async (tx) => {
    const credited = await creditUser(
      { ...deps, db: tx },
      { userId, amount, reason, reference: `admin:${requestId}` },
    )
    if (!credited) return
    await recordAudit(deps, tx, actor, {
      act: "user.add-points",
      targetId: userId,
      before: null,
      after: { points, reason },
    })
  })
  return getBalance(deps, { ...actor, userId })
}
