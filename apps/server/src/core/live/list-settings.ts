import { isSecret, type SettingsView } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** Every setting as it is now; of secrets only whether they are set. */
export function listSettings(deps: Deps, actor: Actor): SettingsView {
  requireAdmin(actor)
  const { settings } = deps.live.current()
  const shown = Object.entries(settings).map(([key, value]) => [
    key,
    isSecret(key) ? value !== "" : value,
  ])
  return Object.fromEntries(shown) as SettingsView
}
