import { type Db, identity, type SessionKind } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { isFactorMissing } from "../factors/requirement.ts"
import { sessionMs, toActor } from "./actor-of.ts"
import { hashOf, newToken } from "./token.ts"

/** From where somebody signs in. `kind` is `cookie` when left out. */
export type Visit = { address: string; userAgent: string; kind?: SessionKind }

/**
 * Begins a session of somebody who has just proved who they are; in a transaction, when `db` is one.
 * @returns the token for the cookie; only its hash is kept
 */
export async function beginSession(
  deps: Pick<Deps, "now" | "live">,
  db: Db,
  user: identity.ActorRow,
  { address, userAgent, kind = "cookie" }: Visit,
): Promise<{ token: string; actor: Actor }> {
  const token = newToken()
  const id = hashOf(token)
  const at = deps.now()
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
  const factorMissing = await isFactorMissing(deps, db, user)
  return { token, actor: { ...toActor(user, at), factorMissing, sessionId: id } }
}
