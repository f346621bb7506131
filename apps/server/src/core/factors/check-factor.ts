import { factors } from "@nio/db"
import type { FactorProof } from "../../contract/index.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { stepOfCode } from "./authenticator-code.ts"
import { checkAssertion } from "./passkey-assertion.ts"
import { useRecoveryCode } from "./recovery-codes.ts"

/** Five wrong ones, and then one in five minutes. */
const wrongOnes: Bucket = { capacity: 5, perSecond: 1 / 300 }

/** `purpose` is what a passkey was asked to sign for; `origin` where the browser is. */
export type Checked = { userId: string; proof: FactorProof; purpose: string; origin: string }

/**
 * Whether somebody has what they say beside their password. What is right works once.
 * @throws AppError `auth.wrong-factor`, `rate.limited`
 */
export async function checkFactor(deps: Deps, checked: Checked): Promise<void> {
  const bucket = `factor:${checked.userId}`
  const waitMs = await deps.kv.spend(bucket, wrongOnes)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
  if (!(await isRight(deps, checked))) throw new AppError("auth.wrong-factor")
  await deps.kv.draw(bucket, wrongOnes, -1, true)
}

async function isRight(deps: Deps, { userId, proof, purpose, origin }: Checked): Promise<boolean> {
  if (proof.method === "code") return isCodeRight(deps, userId, proof.code)
  if (proof.method === "recovery") return useRecoveryCode(deps, userId, proof.code)
  return (await checkAssertion(deps, { ...proof, purpose, origin })) === userId
}

async function isCodeRight(deps: Deps, userId: string, code: string): Promise<boolean> {
  const found = await factors.findAuthenticator(deps.db, userId)
  const secret = found?.confirmedAt ? deps.vault.open(found.secret) : undefined
  const step = secret && stepOfCode(secret, code, deps.now())
  return step ? factors.useStep(deps.db, { userId, step }) : false
}
