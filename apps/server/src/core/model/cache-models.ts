import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { setSetting } from "../live/set-setting.ts"

/**
 * Chooses the models whose answers are told again, in one go: of those that are offered now.
 * @throws AppError `auth.forbidden`
 */
export async function cacheModels(
  deps: Deps,
  actor: Actor,
  which: "none" | "free" | "all",
): Promise<void> {
  requireAdmin(actor)
  const { byModel, prices } = deps.live.current()
  const offered = which === "none" ? [] : [...byModel.keys()].sort()
  const chosen =
    which === "free" ? offered.filter((model) => prices.get(model)?.type === "free") : offered
  await setSetting(deps, actor, { key: "cache.models", value: chosen })
}
