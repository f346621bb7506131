import { apiKeys, identity, users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { forgetActors } from "./actor-cache.ts"
import { findUser } from "./find-user.ts"
import { hashPassword, requireStrong } from "./password.ts"

/**
 * Sets somebody's password and ends all their sessions and the use of their API keys: for the operator at the machine, who has
 * no account to be judged by.
 *
 * @throws AppError `user.not-found`, `auth.password-weak`
 */
export async function setPassword(deps: Deps, name: string, password: string): Promise<void> {
  const user = await findUser(deps, name)
  requireStrong(password, user.name)
  const passwordHash = await hashPassword(password)
  await deps.db.transaction(async (tx) => {
    await users.savePassword(tx, user.id, passwordHash)
    await identity.deleteSessionsOf(tx, user.id)
    await apiKeys.revokeKeysOf(tx, user.id, deps.now())
  })
  await forgetActors(deps)
}
