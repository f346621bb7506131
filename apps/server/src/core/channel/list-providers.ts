import type { ProviderView } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** What a channel can be made of. */
export function listProviders(deps: Deps, actor: Actor): ProviderView[] {
  requireAdmin(actor)
  return [...deps.providers.values()].map((provider) => {
    const { id, name, baseUrl, keyFormat, models, listModels, deprecated = false } = provider
    return { id, name, baseUrl, keyFormat, models, listsModels: !!listModels, deprecated }
  })
}
