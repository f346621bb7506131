import { shares } from "@nio/db"
import { type ShareSummary, sharesListedMax } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** What the actor has shown to the world, the newest first. */
export function listShares(deps: Deps, actor: Actor): Promise<ShareSummary[]> {
  const { userId } = requireActive(actor)
  return shares.list(deps.db, { userId, limit: sharesListedMax })
}
