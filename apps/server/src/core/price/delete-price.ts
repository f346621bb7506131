import { prices } from "@nio/db"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"

/** Models that no other rule lists are then refused, for everyone but administrators. @throws AppError `price.not-found` */
export async function deletePrice(deps: Deps, actor: Actor, id: string): Promise<null> {
  requireAdmin(actor)
  await changeLive(deps, async (tx) => {
    const before = await prices.find(tx, id)
    if (!before || !(await prices.remove(tx, id))) throw new AppError("price.not-found", { id })
    await recordAudit(deps, tx, actor, { act: "price.delete", targetId: id, before, after: null })
  })
  return null
}
