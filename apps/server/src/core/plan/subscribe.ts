import { billing, type Db, isDuplicate, subscriptions } from "@nio/db"
import { type PlansView, type Subscribe, toPoints } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { getPlans } from "./get-plans.ts"
import { quoteOf } from "./quote.ts"

/** How long a price holds that somebody was told. */
const quoteMs = 5 * 60_000

/**
 * Buys, renews or changes a plan for exactly what was quoted, or not at all. The points, the plan and
 * its counters change together; a repeat of the same request changes nothing and answers the same.
 * @throws AppError `plan.off`, `plan.unknown`, `plan.too-long`, `plan.changed`, `plan.points`
 */
export async function subscribe(deps: Deps, actor: Actor, asked: Subscribe): Promise<PlansView> {
  requireActive(actor)
  try {
    await deps.db.transaction((tx) => buy(deps, tx, actor.userId, asked))
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  await forgetActors(deps)
  return getPlans(deps, actor)
}

async function buy(deps: Deps, tx: Db, userId: string, asked: Subscribe): Promise<void> {
  // Locked first: of two purchases at once, the second sees what the first has left.
  const account = await billing.lockBalance(tx, userId)
  const reference = `plan:${userId}:${asked.requestId}`
  if (await billing.hasTransfer(tx, reference)) return
  const had = await subscriptions.lock(tx, userId)
  const quote = quoted(deps, had, asked)

  const available = account?.available ?? 0
  const { cost: amount, kind, level, startedAt, expiresAt } = quote
  if (available < amount)
    throw new AppError("plan.points", { needed: toPoints(amount), available: toPoints(available) })
  const at = deps.now()
  const reason = `${kind} ${level}`
  const movement = { id: deps.newId(), accountId: userId, amount, reference, reason, createdAt: at }
  await billing.paySite(tx, account, movement)
  const paid = kind === "new" || kind === "renew" ? asked.months : 0
  const months = (had?.months ?? 0) + paid
  await subscriptions.save(tx, { userId, level, startedAt, expiresAt, months, updatedAt: at })
  if (kind === "new") await subscriptions.forgetUses(tx, userId)
}

/**
 * The quote as it was told, while it holds: not from before the plan last changed, or time that has
 * been used would be sold again.
 */
function quoted(
  { live, now }: Deps,
  had: subscriptions.SubscriptionRow | undefined,
  { expected, quotedAt, ...choice }: Subscribe,
) {
  const at = now()
  const holds = quotedAt <= at && quotedAt > at - quoteMs && quotedAt >= (had?.updatedAt ?? 0)
  const quote = quoteOf(live.current(), had, choice, holds ? quotedAt : at)
  if (quote.cost === expected && holds) return quote
  throw new AppError("plan.changed", { points: toPoints(quote.cost) })
}
