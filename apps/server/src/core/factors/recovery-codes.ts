import { type Db, factors } from "@nio/db"
import { codeKeyOf } from "../code/code-key.ts"
import { newCode } from "../code/new-code.ts"
import type { Deps } from "../deps.ts"

const codesAtOnce = 10
/** Of a new code: its first two groups, 49 bits, which the limit on wrong ones makes plenty. */
const recoveryChars = "XXXXX-XXXXX".length

/** Replaces all there were. @returns them, for the only time */
export async function renewRecoveryCodes(deps: Deps, tx: Db, userId: string): Promise<string[]> {
  const codes = Array.from({ length: codesAtOnce }, () => newCode("").slice(1, 1 + recoveryChars))
  await factors.saveRecoveryCodes(
    tx,
    userId,
    codes.map((code) => idOf(deps, userId, code)),
  )
  return codes
}

/** For who had no second factor until now: to be called before they have one. @returns none for others */
export async function firstRecoveryCodes(deps: Deps, tx: Db, userId: string): Promise<string[]> {
  const { authenticator, passkey } = await factors.factorsOf(tx, userId)
  return authenticator || passkey ? [] : renewRecoveryCodes(deps, tx, userId)
}

/** @returns whether it was one of theirs; it is none any more */
export const useRecoveryCode = (deps: Deps, userId: string, code: string): Promise<boolean> =>
  factors.useRecoveryCode(deps.db, { id: idOf(deps, userId, code), userId })

const idOf = ({ vault }: Deps, userId: string, code: string) =>
  vault.tag(`recovery ${userId} ${codeKeyOf(code)}`)
