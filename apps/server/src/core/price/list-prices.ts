import { prices } from "@nio/db"
import { type PriceView, priceRule } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** All rules, in the order in which they are looked up. A row that cannot be read is left out, as it is in use. */
export async function listPrices(deps: Deps, actor: Actor): Promise<PriceView[]> {
  requireAdmin(actor)
  const rows = await prices.list(deps.db)
  return rows.flatMap((row) => {
    const { data: rule } = priceRule.safeParse(row)
    return rule ? [{ ...rule, id: row.id, position: row.position, updatedAt: row.updatedAt }] : []
  })
}
