import { billing } from "@nio/db"
import type { Micropoints } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

export type Credit = {
  userId: string
  amount: Micropoints
  /** What caused it, unique for ever: `admin:<id>`, `redeem:<code>`. A repeat changes nothing. */
  reference: string
  /** A person's words. */
  reason: string
}

/**
 * Gives points to a user. Who may do that is the caller's to judge.
 * @returns false when this reference was credited before.
 * @throws AppError `input.invalid` for an amount that cannot be counted.
 */
export async function creditUser(
  { db, now, newId }: Pick<Deps, "db" | "now" | "newId">,
  { userId, ...credit }: Credit,
): Promise<boolean> {
  const { available, held } = await billing.balanceOf(db, userId)
  const whole = Number.isSafeInteger(credit.amount) && credit.amount > 0
  if (!whole || !Number.isSafeInteger(available + held + credit.amount))
    throw new AppError("input.invalid", { detail: "not an amount of points that can be added" })

  const movement = { ...credit, id: newId(), accountId: userId, createdAt: now() }
  return billing.creditAccount(db, movement)
}
