import { identity } from "@nio/db"
import { type Actor, requireActive, requireOwnPassword } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** For how long a proof is fresh: to do one thing, not to leave a desk. */
const proofMs = 10 * 60_000

/**
 * Before what cannot be undone: whoever sits here must have proved lately who they are, by signing
 * in or again since. A key or a session that was merely found is not enough.
 * `settingUp` lets through who has yet to set up the second factor this site wants.
 * @throws AppError `auth.proof-required`
 */
export async function requireProof(
  deps: Deps,
  actor: Actor,
  { settingUp = false } = {},
): Promise<void> {
  const { sessionId } = settingUp ? requireOwnPassword(actor) : requireActive(actor)
  const provenAt = sessionId ? await identity.findProofOf(deps.db, sessionId) : undefined
  if (!provenAt || provenAt <= deps.now() - proofMs) throw new AppError("auth.proof-required")
}

/** To be called when somebody has just proved again who they are, by whatever means. */
export async function noteProof(deps: Deps, { sessionId }: Actor): Promise<void> {
  if (sessionId) await identity.saveProof(deps.db, sessionId, deps.now())
}
