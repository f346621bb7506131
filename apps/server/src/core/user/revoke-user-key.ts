import { apiKeys, identity } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { changeUser } from "./change-user.ts"

/** Ends a key of somebody's. Again is harmless. @throws AppError `user.not-found` */
export const revokeUserKey = (
  deps: Deps,
  actor: Actor,
  { userId, id }: { userId: string; id: string },
): Promise<null> =>
  changeUser(deps, actor, {
    userId,
    act: "user.revoke-key",
    reason: "",
    before: () => ({ keyId: id }),
    after: {},
    write: (tx) => apiKeys.markKeyRevoked(tx, { id, userId, now: deps.now() }),
  })

/** Ends all sessions of somebody's. @throws AppError `user.not-found` */
export const endUserSessions = (deps: Deps, actor: Actor, userId: string): Promise<null> =>
  changeUser(deps, actor, {
    userId,
    act: "user.end-sessions",
    reason: "",
    before: () => null,
    after: {},
    write: (tx) => identity.deleteSessionsOf(tx, userId, actor.sessionId),
  })
