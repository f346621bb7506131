import { prices } from "@nio/db"
import type { PriceDetails, PriceRule } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"

/** Changes a rule, or without an id adds one behind all others. @throws AppError `price.not-found`, `input.invalid` */
export async function savePrice(
  deps: Deps,
  actor: Actor,
  { id, rule }: { id?: string | undefined; rule: PriceRule },
): Promise<{ id: string }> {
  requireAdmin(actor)
  const row = { ...inOneShape(rule), id: id ?? deps.newId(), updatedAt: deps.now() }
  await changeLive(deps, async (tx) => {
    const before = id === undefined ? null : await prices.find(tx, id)
    if (before === undefined) throw new AppError("price.not-found", { id: row.id })
    await (before ? prices.save(tx, row) : prices.append(tx, row))
    await recordAudit(deps, tx, actor, {
      act: before ? "price.update" : "price.create",
      targetId: row.id,
      before,
      after: row,
    })
  })
  return { id: row.id }
}

/** A rate that has no meaning for the type is 0, so that a later change of the type cannot bring it back. */
function inOneShape({ type, models, input, output, anonymous, details }: PriceRule) {
  if (anonymous && type !== "free") {
    throw new AppError("input.invalid", { detail: "only a free model can be open to everyone" })
  }
  return {
    type,
    models: [...new Set(models)],
    input: type === "per-token" ? input : 0,
    output: type === "free" ? 0 : output,
    anonymous,
    details: type === "per-token" ? someOf(details) : null,
  }
}

/** Details that say nothing are none. */
function someOf(details: PriceRule["details"]): PriceDetails | null {
  const said = Object.values(details ?? {}).some((value) => value !== undefined)
  return said && details ? details : null
}
