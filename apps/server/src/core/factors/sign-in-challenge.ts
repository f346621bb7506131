import { factors } from "@nio/db"
import type { FactorMethod, SecondFactorAsked } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { hashOf, newToken } from "../identity/token.ts"

/** How long somebody may look for their telephone. */
const challengeMs = 5 * 60_000

/**
 * Asks for a second factor of somebody whose password was right.
 * @returns undefined for whoever has none
 */
export async function askSecondFactor(
  deps: Deps,
  userId: string,
): Promise<SecondFactorAsked | undefined> {
  const { authenticator, passkey } = await factors.factorsOf(deps.db, userId)
  if (!authenticator && !passkey) return undefined
  const challenge = newToken()
  await deps.kv.set(keyOf(challenge), userId, challengeMs)
  const methods: FactorMethod[] = ["recovery"]
  if (passkey) methods.unshift("passkey")
  if (authenticator) methods.unshift("code")
  return { challenge, methods }
}

/** Whose password was right; a wrong code leaves it in place. */
export const challengedUser = (deps: Deps, challenge: string): Promise<string | undefined> =>
  deps.kv.get(keyOf(challenge))

/** Uses it up. @returns whether nobody had */
export const takeSignInChallenge = async (deps: Deps, challenge: string): Promise<boolean> =>
  (await deps.kv.take(keyOf(challenge))) !== undefined

const keyOf = (challenge: string) => `second-factor:${hashOf(challenge)}`
