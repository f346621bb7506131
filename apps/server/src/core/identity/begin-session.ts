import { type Db, identity, type SessionKind } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { sessionMs, toActor } from "./actor-of.ts"
import { hashOf, newToken } from "./token.ts"

/** From where somebody signs in. `kind` is `cookie` when left out. */
export type Visit = { address: string; userAgent: string; kind?: SessionKind }

/**
 * Begins a session of somebody who has just proved who they are; in a transaction, when `db` is one.
 * @returns the token for the cookie; only its hash is kept
 */
export async function beginSession(
  { now }: Pick<Deps, "now">,
  db: Db,
  user: identity.ActorRow,
  { address, userAgent, kind = "cookie" }: Visit,
): Promise<{ token: string; actor: Actor }> {
  const token = newToken()
  const id = hashOf(token)
  const at = now()
  await identity.insertSession(db, {
    id,
    userId: user.id,
    createdAt: at,
    expiresAt: at + sessionMs,
    userAgent,
    address,
    lastSeenAt: at,
    provenAt: at,
    kind,
  })
  return { token, actor: { ...toActor(user), sessionId: id } }
}
