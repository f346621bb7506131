import type { Deps } from "../deps.ts"
import { hashOf } from "../identity/token.ts"

/** How long a browser may take to have something signed. */
const challengeMs = 5 * 60_000

/** What a passkey signs for. The word in front keeps a signature for one from being used for another. */
export const purposes = {
  signIn: "sign-in",
  secondFactor: (challenge: string) => `second-factor ${hashOf(challenge)}`,
  proof: (sessionId: string) => `proof ${sessionId}`,
  add: (sessionId: string) => `add ${sessionId}`,
}

/** Remembers what was asked to be signed, and for what. */
export const keepChallenge = (deps: Deps, challenge: string, purpose: string): Promise<void> =>
  deps.kv.set(keyOf(challenge), purpose, challengeMs)

/** @returns whether it was asked for this; it is used up, whatever it was asked for */
export const takeChallenge = async (deps: Deps, challenge: string, purpose: string) =>
  (await deps.kv.take(keyOf(challenge))) === purpose

const keyOf = (challenge: string) => `passkey:${hashOf(challenge)}`
