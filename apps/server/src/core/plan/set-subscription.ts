import { type Db, subscriptions, users } from "@nio/db"
import type {
  PlanUsage,
  ReleasePlanUsage,
  SetSubscription,
  SubscriptionView,
} from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { usageOf, viewOf } from "./get-plans.ts"
import { windowAt } from "./months.ts"

/** What somebody subscribed to, also when it is over, and what they have used. @throws AppError `user.not-found` */
export async function getSubscription(
  deps: Deps,
  actor: Actor,
  userId: string,
): Promise<{ subscription: SubscriptionView | null; usage: PlanUsage[] }> {
  requireAdmin(actor)
  await requireUser(deps.db, userId)
  const row = await subscriptions.find(deps.db, userId)
  if (!row) return { subscription: null, usage: [] }
  return { subscription: viewOf(row), usage: await usageOf(deps, row) }
}

/**
 * Gives somebody a plan, changes when it begins and ends, or ends it; no points move. When it begins
 * on another day its months do too, and what has been used in the one under way stays used.
 * @throws AppError `user.not-found`
 */
export async function setSubscription(
  deps: Deps,
  actor: Actor,
  { userId, level, startedAt, expiresAt, reason }: SetSubscription,
): Promise<null> {
  requireAdmin(actor)
  const updatedAt = deps.now()
  await deps.db.transaction(async (tx) => {
    await requireUser(tx, userId)
    const had = await subscriptions.lock(tx, userId)
    const months = had?.months ?? 0
    const row = { userId, level, startedAt, expiresAt, months, updatedAt }
    await subscriptions.save(tx, row)
    if (had && had.startedAt !== startedAt)
      await subscriptions.moveUses(tx, userId, windowAt(startedAt, updatedAt))
    await recordAudit(deps, tx, actor, {
      act: "user.set-subscription",
      targetId: userId,
      before: had ? viewOf(had) : null,
      after: { ...viewOf(row), reason },
    })
  })
  await forgetActors(deps)
  return null
}

/** Makes everything unused that somebody has used this month. @throws AppError `user.not-found` */
export async function releasePlanUsage(
  deps: Deps,
  actor: Actor,
  { userId, reason }: ReleasePlanUsage,
): Promise<null> {
  requireAdmin(actor)
  await deps.db.transaction(async (tx) => {
    await requireUser(tx, userId)
    const counters = await subscriptions.listUses(tx, userId)
    await subscriptions.releaseUses(tx, userId)
    await recordAudit(deps, tx, actor, {
      act: "user.release-plan-usage",
      targetId: userId,
      before: Object.fromEntries(counters.map(({ itemId, used }) => [itemId, used])),
      after: { reason },
    })
  })
  return null
}

async function requireUser(db: Db, id: string): Promise<void> {
  if (!(await users.findUserById(db, id))) throw new AppError("user.not-found", { id })
}
