import { apiKeys } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { forgetActors } from "./actor-cache.ts"

/** Ends a key of the actor: no node takes it for longer than two seconds more. Again is harmless. */
export async function revokeApiKey(deps: Deps, actor: Actor, id: string): Promise<null> {
  requireActive(actor)
  const revoked = await apiKeys.markKeyRevoked(deps.db, {
    id,
    userId: actor.userId,
    now: deps.now(),
  })
  if (revoked) await forgetActors(deps)
  return null
}
