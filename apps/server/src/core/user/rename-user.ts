import { isDuplicate, users } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { requireProof } from "../identity/require-proof.ts"
import { requireRate } from "../identity/require-rate.ts"
import { personName } from "./person-name.ts"

/** Others know each other by name. */
const perUser: Bucket = { capacity: 3, perSecond: 3 / 86_400 }

/**
 * Gives the actor another name, by which they sign in from now on.
 * @throws AppError `auth.proof-required`, `name.invalid`, `name.reserved`, `name.taken`, `rate.limited`
 */
export async function renameUser(deps: Deps, actor: Actor, typed: string): Promise<Actor> {
  const { userId } = requireActive(actor)
  const name = personName(typed)
  await requireProof(deps, actor)
  await requireRate(deps, [[`rename:${userId}`, perUser]])
  try {
    await users.saveName(deps.db, userId, name)
  } catch (error) {
    throw isDuplicate(error) ? new AppError("name.taken", { name }, error) : error
  }
  await forgetActors(deps)
  return { ...actor, name }
}
