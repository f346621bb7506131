import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** Models that are offered and have no price: nobody but an administrator can use them. */
export function unpricedModels(deps: Deps, actor: Actor): string[] {
  requireAdmin(actor)
  const { byModel, prices } = deps.live.current()
  return [...byModel.keys()].filter((model) => !prices.has(model)).sort()
}
