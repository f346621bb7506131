import { users } from "@nio/db"
import type { FactorProof, PasskeyAssertion } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import { networkOf } from "../address.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { beginSession, type Visit } from "../identity/begin-session.ts"
import { limitGuesses } from "../identity/limit-guesses.ts"
import { requireRate } from "../identity/require-rate.ts"
import { checkFactor } from "./check-factor.ts"
import { assertionOptions, checkAssertion } from "./passkey-assertion.ts"
import { purposes } from "./passkey-challenge.ts"
import { challengedUser, takeSignInChallenge } from "./sign-in-challenge.ts"

type Second = { challenge: string; proof: FactorProof; origin: string; visit: Visit }
type Begun = { token: string; actor: Actor }

/**
 * The second step after the right password. A wrong code may be corrected; the right one works once.
 * @throws AppError `auth.challenge-ended`, `auth.wrong-factor`, `rate.limited`
 */
export async function signInBySecondFactor(
  deps: Deps,
  { challenge, proof, origin, visit }: Second,
): Promise<Begun> {
  const userId = await challengedUser(deps, challenge)
  if (!userId) throw new AppError("auth.challenge-ended")
  const purpose = purposes.secondFactor(challenge)
  await checkFactor(deps, { userId, proof, purpose, origin })
  if (!(await takeSignInChallenge(deps, challenge))) throw new AppError("auth.challenge-ended")
  return begin(deps, userId, visit)
}

/** What a passkey is to sign as the second step. @throws AppError `auth.challenge-ended` */
export async function secondFactorOptions(deps: Deps, challenge: string, origin: string) {
  const userId = await challengedUser(deps, challenge)
  if (!userId) throw new AppError("auth.challenge-ended")
  const purpose = purposes.secondFactor(challenge)
  return assertionOptions(deps, { origin, purpose, userId })
}

/** Every visit of the sign-in page asks once, and each is remembered for a while. */
const askedPerNetwork = { capacity: 120, perSecond: 1 }

/**
 * What a passkey is to sign to get in by itself: it knows whose it is, so no name is asked.
 * @throws AppError `rate.limited`
 */
export async function passkeySignInOptions(deps: Deps, { origin, address }: From) {
  await requireRate(deps, [[`passkey:network:${networkOf(address)}`, askedPerNetwork]])
  return assertionOptions(deps, { origin, purpose: purposes.signIn })
}
type From = { origin: string; address: string }

/**
 * In with a passkey alone: something one has, unlocked by something one knows or is, so nothing more
 * is asked.
 * @throws AppError `auth.wrong-factor`, `rate.limited`
 */
export async function signInByPasskey(
  deps: Deps,
  { assertion, origin, visit }: { assertion: PasskeyAssertion; origin: string; visit: Visit },
): Promise<Begun> {
  await limitGuesses(deps, { who: `passkey ${assertion.id}`, address: visit.address })
  const userId = await checkAssertion(deps, { assertion, purpose: purposes.signIn, origin })
  if (!userId) throw new AppError("auth.wrong-factor")
  return begin(deps, userId, visit)
}

async function begin(deps: Deps, userId: string, visit: Visit): Promise<Begun> {
  const user = await users.findUserById(deps.db, userId)
  if (user?.state !== "active") throw new AppError("auth.wrong-factor")
  return beginSession(deps, deps.db, user, visit)
}
