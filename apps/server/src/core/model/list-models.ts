import type { ModelView } from "../../contract/index.ts"
import { type Actor, groupsOf, mayUse, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { serving } from "../routing/attempts.ts"

/** The models this actor's group and key may use, by name. Without a price only administrators get to see one. */
export function listModels(deps: Deps, actor: Actor): ModelView[] {
  requireActive(actor)
  const live = deps.live.current()
  const groups = groupsOf(actor)
  return [...live.byModel.keys()]
    .filter((model) => mayUse(actor, model))
    .filter((model) => serving(live, model, groups).length > 0)
    .filter((model) => actor.isAdmin || live.prices.has(model))
    .sort()
    .map((id) => ({ id, price: priceOf(live.prices.get(id)) }))
}

function priceOf(price: ModelView["price"] | undefined): ModelView["price"] {
  if (!price) return null
  const { type, input, output } = price
  return { type, input, output }
}
