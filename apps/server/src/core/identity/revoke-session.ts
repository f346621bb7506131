import { identity } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { forgetActors } from "./actor-cache.ts"

/** Ends a session of the actor, by its id; its sockets close within seconds. Somebody else's is left alone. */
export async function revokeSession(deps: Deps, actor: Actor, id: string): Promise<null> {
  const { userId } = requireActive(actor)
  await identity.deleteSession(deps.db, { id, userId })
  await forgetActors(deps)
  return null
}

/** Ends all sessions of the actor but the one in use. */
export async function revokeOtherSessions(deps: Deps, actor: Actor): Promise<null> {
  const { userId, sessionId } = requireActive(actor)
  await identity.deleteSessionsOf(deps.db, userId, sessionId)
  await forgetActors(deps)
  return null
}
