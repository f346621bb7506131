import { users } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { verifyPassword } from "./password.ts"
import { noteProof } from "./require-proof.ts"

type Proof = { password: string; address: string }

/**
 * Proves again, by the password, that the session is used by its owner.
 * @throws AppError `auth.wrong-credentials`, `rate.limited`
 */
export async function prove(deps: Deps, actor: Actor, { password, address }: Proof): Promise<null> {
  const { userId } = requireActive(actor)
  const user = await users.findUserById(deps.db, userId)
  await limitGuesses(deps, { who: userId, address })
  if (!(await verifyPassword(password, user?.passwordHash)))
    throw new AppError("auth.wrong-credentials")
  await noteProof(deps, actor)
  return null
}
