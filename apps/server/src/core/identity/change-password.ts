import { apiKeys, identity, users } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "./actor-cache.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { hashPassword, requireStrong, verifyPassword } from "./password.ts"
import { requireProof } from "./require-proof.ts"

type Change = {
  current?: string | undefined
  next: string
  revokeKeys?: boolean | undefined
  address: string
}

/**
 * Changes the actor's own password and ends their other sessions and, unless they say otherwise, the
 * use of their API keys: whoever had the password may have made some. The first password need not be said again; who has none yet proves themselves in
 * another way.
 *
 * @throws AppError `auth.wrong-credentials`, `auth.proof-required`, `auth.password-weak`, `rate.limited`
 */
export async function changePassword(
  deps: Deps,
  actor: Actor,
  { current, next, revokeKeys, address }: Change,
): Promise<Actor> {
  const user = await users.findUserById(deps.db, actor.userId)
  if (!user) throw new AppError("auth.required")
  if (user.passwordHash === "") await requireProof(deps, actor)
  else if (!user.passwordExpired || current !== undefined) {
    await limitGuesses(deps, { who: user.id, address })
    const right = await verifyPassword(current ?? "", user.passwordHash)
    if (!right) throw new AppError("auth.wrong-credentials")
  }
  requireStrong(next, user.name)

  const passwordHash = await hashPassword(next)
  await deps.db.transaction(async (tx) => {
    await users.savePassword(tx, user.id, passwordHash)
    await identity.deleteSessionsOf(tx, user.id, actor.sessionId)
    if (revokeKeys ?? !user.passwordExpired) await apiKeys.revokeKeysOf(tx, user.id, deps.now())
  })
  await forgetActors(deps)
  return { ...actor, passwordExpired: false }
}
