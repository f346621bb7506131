import { type Db, plans, live as rows } from "@nio/db"
import type { PlanConfig, SettingKey } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { changeLive } from "../live/change-live.ts"
import { configOf } from "./plan-config.ts"

/**
 * Sets what is offered and paid by plans, as a whole. Who has a plan whose level is no longer there
 * keeps its group until it ends; it pays for nothing, and cannot be renewed.
 */
export async function savePlans(deps: Deps, actor: Actor, config: PlanConfig): Promise<null> {
  requireAdmin(actor)
  const updatedAt = deps.now()
  const settings: Partial<Record<SettingKey, unknown>> = {
    "plans.enabled": config.enabled,
    "plans.relay": config.relay,
    "plans.discounts": config.discounts.toSorted((a, b) => a.months - b.months),
  }
  await changeLive(deps, async (tx: Db) => {
    const before = configOf(deps.live.current())
    for (const [key, value] of Object.entries(settings))
      await rows.saveSetting(tx, { key, value, updatedAt })
    const offered = config.plans.toSorted((a, b) => a.level - b.level)
    await plans.replaceAll(
      tx,
      offered.map((plan) => ({ level: plan.level, plan, updatedAt })),
    )
    await recordAudit(deps, tx, actor, {
      act: "plans.save",
      targetId: "plans",
      before,
      after: config,
    })
  })
  return null
}
