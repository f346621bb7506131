import { factors, isDuplicate } from "@nio/db"
import type { AuthenticatorBegun, RecoveryCodes } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { requireProof } from "../identity/require-proof.ts"
import { authenticatorUri, newAuthenticatorSecret, stepOfCode } from "./authenticator-code.ts"
import { firstRecoveryCodes } from "./recovery-codes.ts"

/**
 * Gives out a secret for an authenticator app, which counts once its first code was right. One
 * that was begun before and not confirmed is forgotten.
 * @throws AppError `auth.proof-required`, `authenticator.present`
 */
export async function beginAuthenticator(deps: Deps, actor: Actor): Promise<AuthenticatorBegun> {
  await requireProof(deps, actor, { settingUp: true })
  const { userId, name } = actor
  const secret = newAuthenticatorSecret()
  const row = { userId, secret: deps.vault.seal(secret), confirmedAt: null, lastStep: 0 }
  try {
    await deps.db.transaction((tx) =>
      factors.insertAuthenticator(tx, { ...row, createdAt: deps.now() }),
    )
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("authenticator.present")
    throw error
  }
  const site = deps.live.current().settings["site.title"]
  return { secret, uri: authenticatorUri(secret, { site, name }) }
}

/**
 * Confirms it by its first code, which is used up by that.
 * @returns recovery codes, when it is their first second factor
 * @throws AppError `auth.proof-required`, `auth.wrong-factor`
 */
export async function confirmAuthenticator(
  deps: Deps,
  actor: Actor,
  { code }: { code: string },
): Promise<RecoveryCodes> {
  await requireProof(deps, actor, { settingUp: true })
  const { userId } = actor
  const found = await factors.findAuthenticator(deps.db, userId)
  const secret = found && !found.confirmedAt ? deps.vault.open(found.secret) : undefined
  const now = deps.now()
  const step = secret && stepOfCode(secret, code, now)
  if (!found || !step) throw new AppError("auth.wrong-factor")

  const recoveryCodes = await deps.db.transaction(async (tx) => {
    const codes = await firstRecoveryCodes(deps, tx, userId)
    const confirmed = { userId, secret: found.secret, step, now }
    if (!(await factors.confirmAuthenticator(tx, confirmed)))
      throw new AppError("auth.wrong-factor")
    return codes
  })
  await forgetActors(deps)
  return { recoveryCodes }
}
