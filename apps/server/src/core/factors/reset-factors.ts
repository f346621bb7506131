import { type Db, factors, identity, passkeys, users } from "@nio/db"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { findUser } from "../identity/find-user.ts"

/**
 * For somebody who lost their telephone and their recovery codes: takes away every second factor,
 * so that their password alone lets them in, and ends their sessions.
 * @throws AppError `auth.forbidden`, `user.not-found`
 */
export async function resetFactors(deps: Deps, actor: Actor, userId: string): Promise<null> {
  requireAdmin(actor)
  await deps.db.transaction(async (tx) => {
    if (!(await users.findUserById(tx, userId)))
      throw new AppError("user.not-found", { id: userId })
    const had = await factors.factorsOf(tx, userId)
    const { length: keys } = await passkeys.listPasskeysOf(tx, userId)
    await takeAway(tx, userId)
    await recordAudit(deps, tx, actor, {
      act: "user.reset-factors",
      targetId: userId,
      before: { authenticator: had.authenticator, passkeys: keys },
      after: { authenticator: false, passkeys: 0 },
    })
  })
  await forgetActors(deps)
  return null
}

/**
 * The same for the operator at the machine, who has no account to be judged by, and may be who lost it.
 * @throws AppError `user.not-found`
 */
export async function forgetFactors(deps: Deps, name: string): Promise<void> {
  const { id } = await findUser(deps, name)
  await deps.db.transaction((tx) => takeAway(tx, id))
  await forgetActors(deps)
}

async function takeAway(tx: Db, userId: string): Promise<void> {
  await factors.deleteAuthenticator(tx, userId)
  await passkeys.deletePasskeysOf(tx, userId)
  await factors.saveRecoveryCodes(tx, userId, [])
  await identity.deleteSessionsOf(tx, userId)
}
