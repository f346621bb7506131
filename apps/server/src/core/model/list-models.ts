import type { ModelView } from "../../contract/index.ts"
import { type Actor, groupsOf, isAnonymous, mayUse, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import type { Price } from "../live/live.ts"
import { isOpen } from "../price/is-open.ts"
import { serving } from "../routing/attempts.ts"

/**
 * The models this actor's group and key may use, by name. Without a price only administrators get to
 * see one; visitors see what is open to them.
 */
export function listModels(deps: Deps, actor: Actor): ModelView[] {
  if (!isAnonymous(actor)) requireActive(actor)
  const live = deps.live.current()
  const groups = groupsOf(actor)
  return [...live.byModel.keys()]
    .filter((model) => mayUse(actor, model))
    .filter((model) => serving(live, model, groups).length > 0)
    .filter((model) => isOffered(actor, live.prices.get(model)))
    .sort()
    .map((id) => ({ id, price: priceOf(live.prices.get(id)) }))
}

function isOffered(actor: Actor, price: Price | undefined): boolean {
  if (!price) return actor.isAdmin
  return !isAnonymous(actor) || isOpen(price)
}

function priceOf(price: ModelView["price"] | undefined): ModelView["price"] {
  if (!price) return null
  const { type, input, output, details } = price
  return { type, input, output, ...(details && { details }) }
}
