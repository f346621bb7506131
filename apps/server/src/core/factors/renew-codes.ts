import { factors } from "@nio/db"
import type { RecoveryCodes } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { requireProof } from "../identity/require-proof.ts"
import { renewRecoveryCodes } from "./recovery-codes.ts"

/**
 * Recovery codes in place of all there were.
 * @throws AppError `auth.proof-required`, `auth.factor-missing` for who has nothing they could stand in for
 */
export async function renewCodes(deps: Deps, actor: Actor): Promise<RecoveryCodes> {
  await requireProof(deps, actor)
  return deps.db.transaction(async (tx) => {
    const { authenticator, passkey } = await factors.factorsOf(tx, actor.userId)
    if (!authenticator && !passkey) throw new AppError("auth.factor-missing")
    return { recoveryCodes: await renewRecoveryCodes(deps, tx, actor.userId) }
  })
}
