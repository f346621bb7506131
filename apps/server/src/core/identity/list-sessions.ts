import { identity } from "@nio/db"
import type { SessionEntry } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** Where the actor is signed in, last used first. */
export async function listSessions(deps: Deps, actor: Actor): Promise<SessionEntry[]> {
  const { userId, sessionId } = requireActive(actor)
  const rows = await identity.listSessionsOf(deps.db, userId, deps.now())
  return rows.map(({ id, userAgent, address, createdAt, lastSeenAt, kind }) => ({
    id,
    userAgent,
    address,
    createdAt,
    lastSeenAt: lastSeenAt ?? createdAt,
    kind,
    current: id === sessionId,
  }))
}
