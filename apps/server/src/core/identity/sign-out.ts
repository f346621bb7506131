import { identity } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { forgetActors } from "./actor-cache.ts"

/** Ends the session in use; its sockets close within seconds. */
export async function signOut(deps: Deps, actor: Actor): Promise<void> {
  if (!actor.sessionId) return
  await identity.deleteSession(deps.db, actor.sessionId)
  await forgetActors(deps)
}
