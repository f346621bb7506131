import { identity } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { forgetActors } from "./actor-cache.ts"

/** Ends the session in use; its sockets close within seconds. */
export async function signOut(deps: Deps, { userId, sessionId }: Actor): Promise<void> {
  if (!sessionId) return
  await identity.deleteSession(deps.db, { id: sessionId, userId })
  await forgetActors(deps)
}
