import { prices } from "@nio/db"
import { type PriceChange, priceRule } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"
import { scaleRule } from "./scale-rule.ts"

/** Makes rules so many percent dearer or cheaper: all of them or none. @throws AppError `price.not-found` */
export async function changePrices(
  deps: Deps,
  actor: Actor,
  { ids, percent }: PriceChange,
): Promise<null> {
  requireAdmin(actor)
  await changeLive(deps, async (tx) => {
    const rows = new Map((await prices.list(tx)).map((row) => [row.id, row]))
    for (const id of new Set(ids)) {
      const before = rows.get(id)
      const { data: rule } = priceRule.safeParse(before)
      if (!before || !rule) throw new AppError("price.not-found", { id })
      const after = { ...scaleRule(rule, percent), id, updatedAt: deps.now() }
      await prices.save(tx, after)
      await recordAudit(deps, tx, actor, { act: "price.update", targetId: id, before, after })
    }
  })
  return null
}
