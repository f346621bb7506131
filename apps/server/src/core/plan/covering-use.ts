import type { billing } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Ask } from "../generation/generation.ts"
import type { Live } from "../live/live.ts"
import { nextWindow, windowAt } from "./months.ts"

type Asked = Pick<Ask, "actor" | "source"> & { request: { model: string } }

/**
 * The use of the actor's plan that would pay for this: of the first item that lists the model.
 * Whether one is left is not asked here. What comes by an API key only where the operator allows it.
 */
export function coveringUse(live: Live, asked: Asked, now: number): billing.PlanUse | undefined {
  const { subscription } = asked.actor
  const { settings, plans } = live
  if (!subscription || subscription.expiresAt <= now || !settings["plans.enabled"]) return undefined
  if (asked.source === "relay" && !settings["plans.relay"]) return undefined
  const item = plans.get(subscription.level)?.pays.get(asked.request.model)
  if (!item || item.quota === 0) return undefined
  return { item: item.id, window: windowAt(subscription.startedAt, now), quota: item.quota }
}

/** What is used up, by its name, and the day it begins anew. */
export function planNotice(
  live: Live,
  { subscription }: Actor,
  { item: id }: billing.PlanUse,
  now: number,
): { item: string; resets: string } {
  const item = live.plans.get(subscription?.level ?? 0)?.items.find((one) => one.id === id)
  const resetsAt = nextWindow(subscription?.startedAt ?? now, now)
  return { item: item?.name ?? id, resets: new Date(resetsAt).toISOString().slice(0, 10) }
}
