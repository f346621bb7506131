import { z } from "zod"
import { planChoice, type SubscriptionView } from "../../../contract/index.ts"
import type { Actor } from "../../../core/actor.ts"
import { AppError } from "../../../core/error.ts"
import { getPlans, quotePlan } from "../../../core/plan/get-plans.ts"
import { subscribe } from "../../../core/plan/subscribe.ts"
import { requireCaller } from "../caller.ts"
import { checked, type Route } from "../route.ts"

const dayMs = 24 * 3_600_000

const subscribing = z.object({ level: z.coerce.number(), month: z.coerce.number() })

export const planRoutes: Route[] = [
  {
    method: "GET",
    path: "/subscription",
    handle: async (deps, { caller }) => {
      const { subscription, usage } = await getPlans(deps, requireCaller(caller))
      const resetsAt = Math.min(...usage.map((item) => item.resetsAt))
      const told = {
        ...lasting(subscription, deps.now()),
        enterprise: false,
        usage: Object.fromEntries(
          usage.map(({ id, used, quota }) => [id, { used, total: quota }] as const),
        ),
        ...(usage.length > 0 && {
          refresh: daysUntil(resetsAt, deps.now()),
          refresh_at: new Date(resetsAt).toISOString(),
        }),
      }
      // One client looks for all of it in `data`.
      return { status: true, ...told, data: told }
    },
  },
  {
    method: "POST",
    path: "/subscribe",
    handle: async (deps, { caller, read }) => {
      const actor = requireUncapped(requireCaller(caller))
      const { level, month } = await read(subscribing)
      const choice = checked(planChoice, { level, months: month })
      const { cost: expected, quotedAt } = await quotePlan(deps, actor, choice)
      const requestId = deps.newId()
      await subscribe(deps, actor, { ...choice, expected, quotedAt, requestId })
      return { status: true, error: "success" }
    },
  },
]

function lasting(subscription: SubscriptionView | null, now: number) {
  if (!subscription) return { level: 0, is_subscribed: false, expired: 0 }
  const { level, expiresAt } = subscription
  const expired_at = new Date(expiresAt).toISOString()
  return { level, is_subscribed: true, expired: daysUntil(expiresAt, now), expired_at }
}

const daysUntil = (at: number, now: number) => Math.round((at - now) / dayMs)

/** What a key with a limit may spend is for answers. @throws AppError `auth.forbidden` */
function requireUncapped(actor: Actor): Actor {
  if (actor.keyTerms?.spendCap != null) throw new AppError("auth.forbidden")
  return actor
}
