import { apiKeys, identity, users } from "@nio/db"
import type { SetUserPassword } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { hashPassword, requireStrong } from "../identity/password.ts"
import { changeUser } from "./change-user.ts"

/**
 * Gives somebody another password, and ends their sessions and the use of their API keys.
 * @throws AppError `user.not-found`, `auth.password-weak`
 */
export async function setUserPassword(
  deps: Deps,
  actor: Actor,
  { userId, password, reason }: SetUserPassword,
): Promise<null> {
  requireAdmin(actor)
  const passwordHash = await hashPassword(password)
  return changeUser(deps, actor, {
    userId,
    act: "user.set-password",
    reason,
    before: () => null,
    after: {},
    judge: (_, { name }) => requireStrong(password, name),
    async write(tx) {
      await users.savePassword(tx, userId, passwordHash)
      await identity.deleteSessionsOf(tx, userId, actor.sessionId)
      await apiKeys.revokeKeysOf(tx, userId, deps.now())
    },
  })
}
