import type { ProviderView } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** What a channel can be made of. */
export function listProviders(deps: Deps, actor: Actor): ProviderView[] {
  requireAdmin(actor)
  return [...deps.providers.values()].map(({ id, name, baseUrl, keyFormat, models }) => ({
    id,
    name,
    baseUrl,
    keyFormat,
    models,
  }))
}
