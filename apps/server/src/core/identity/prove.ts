import { factors, users } from "@nio/db"
import type { FactorMethod, Proof } from "../../contract/index.ts"
import { type Actor, requireOwnPassword } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { checkFactor } from "../factors/check-factor.ts"
import { assertionOptions } from "../factors/passkey-assertion.ts"
import { purposes } from "../factors/passkey-challenge.ts"
import { limitGuesses } from "./limit-guesses.ts"
import { verifyPassword } from "./password.ts"
import { noteProof } from "./require-proof.ts"

type From = { address: string; origin: string }

/**
 * Proves again that the session is used by its owner: by their second factor, or by the password
 * of who has none. A method that is only named proves nothing.
 * @throws AppError `auth.wrong-credentials`, `auth.wrong-factor`, `rate.limited`
 */
export async function prove(
  deps: Deps,
  actor: Actor,
  { proof, address, origin }: From & { proof: Proof },
): Promise<null> {
  const { userId, sessionId } = requireOwnPassword(actor)
  if (!sessionId) throw new AppError("auth.required")
  if ("password" in proof) await checkPassword(deps, { userId, address, ...proof })
  else await checkFactor(deps, { userId, proof, purpose: purposes.proof(sessionId), origin })
  await noteProof(deps, actor)
  return null
}

/** What the actor can prove themselves by; by nothing but signing in again, when the list is empty. */
export async function listProofMethods(
  deps: Deps,
  actor: Actor,
): Promise<(FactorMethod | "password")[]> {
  const { userId } = requireOwnPassword(actor)
  const { authenticator, passkey } = await factors.factorsOf(deps.db, userId)
  if (authenticator || passkey)
    return [
      ...(authenticator ? ["code" as const] : []),
      ...(passkey ? ["passkey" as const] : []),
      "recovery",
    ]
  const user = await users.findUserById(deps.db, userId)
  return user?.passwordHash ? ["password"] : []
}

/** What a passkey is to sign for it. */
export function proofOptions(deps: Deps, actor: Actor, origin: string) {
  const { userId, sessionId } = requireOwnPassword(actor)
  if (!sessionId) throw new AppError("auth.required")
  return assertionOptions(deps, { origin, purpose: purposes.proof(sessionId), userId })
}

type Guess = { userId: string; password: string; address: string }

async function checkPassword(deps: Deps, { userId, password, address }: Guess): Promise<void> {
  const [user, { authenticator, passkey }] = await Promise.all([
    users.findUserById(deps.db, userId),
    factors.factorsOf(deps.db, userId),
  ])
  await limitGuesses(deps, { who: userId, address })
  const right = await verifyPassword(password, user?.passwordHash)
  if (!right || authenticator || passkey) throw new AppError("auth.wrong-credentials")
}
