import type { Settings } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** Every setting as it is now. */
export function listSettings(deps: Deps, actor: Actor): Settings {
  requireAdmin(actor)
  return deps.live.current().settings
}
