import { billing, users } from "@nio/db"
import { type BalanceView, type SetPoints, toMicropoints, toPoints } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

type Adjustment = { act: string; next: (available: number) => number }

/** Takes points from somebody, with a reason. @throws AppError `user.not-found`, `points.too-few` */
export const deductPoints = (deps: Deps, actor: Actor, input: SetPoints): Promise<BalanceView> =>
  adjust(deps, actor, input, {
    act: "user.deduct-points",
    next(available) {
      const amount = toMicropoints(input.points)
      if (amount > available)
        throw new AppError("points.too-few", { available: String(toPoints(available)) })
      return available - amount
    },
  })

/** Makes somebody's available points so many, with a reason; what is set aside stays. @throws AppError `user.not-found` */
export const setPoints = (deps: Deps, actor: Actor, input: SetPoints): Promise<BalanceView> =>
  adjust(deps, actor, input, { act: "user.set-points", next: () => toMicropoints(input.points) })

/** A repeat of the same request changes nothing. The difference is made under the account's lock. */
async function adjust(
  deps: Deps,
  actor: Actor,
  { userId, reason, requestId }: SetPoints,
  { act, next }: Adjustment,
): Promise<BalanceView> {
  requireAdmin(actor)
  if (!(await users.findUserById(deps.db, userId)))
    throw new AppError("user.not-found", { id: userId })
  await deps.db.transaction(async (tx) => {
    const movement = { id: deps.newId(), accountId: userId, reason, createdAt: deps.now() }
    const reference = `admin:${requestId}`
    const changed = await billing.adjustAccount(tx, { ...movement, reference }, next)
    if (!changed) return
    await recordAudit(deps, tx, actor, {
      act,
      targetId: userId,
      before: { points: toPoints(changed.before) },
      after: { points: toPoints(changed.after), reason },
    })
  })
  const { available, held } = await billing.balanceOf(deps.db, userId)
  return { available, held }
}
