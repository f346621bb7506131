import { type Db, factors, passkeys } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { requireProof } from "../identity/require-proof.ts"

/** @throws AppError `auth.proof-required` */
export const removeAuthenticator = (deps: Deps, actor: Actor): Promise<null> =>
  remove(deps, actor, (tx) => factors.deleteAuthenticator(tx, actor.userId))

/** @throws AppError `auth.proof-required` */
export const removePasskey = (deps: Deps, actor: Actor, id: string): Promise<null> =>
  remove(deps, actor, (tx) => passkeys.deletePasskey(tx, { id, userId: actor.userId }))

/** With the last factor go the recovery codes, which stand in for one. */
async function remove(deps: Deps, actor: Actor, one: (tx: Db) => Promise<unknown>): Promise<null> {
  await requireProof(deps, actor)
  await deps.db.transaction(async (tx) => {
    await one(tx)
    const left = await factors.factorsOf(tx, actor.userId)
    if (!left.authenticator && !left.passkey) await factors.saveRecoveryCodes(tx, actor.userId, [])
  })
  await forgetActors(deps)
  return null
}
