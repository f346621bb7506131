import { factors, passkeys, users } from "@nio/db"
import type { FactorsView } from "../../contract/index.ts"
import { type Actor, requireOwnPassword } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { isFactorRequired } from "./requirement.ts"

/** What the actor has to sign in with. */
export async function listFactors(deps: Deps, actor: Actor): Promise<FactorsView> {
  const { userId, isAdmin } = requireOwnPassword(actor)
  const [user, authenticator, keys, recoveryCodesLeft] = await Promise.all([
    users.findUserById(deps.db, userId),
    factors.findAuthenticator(deps.db, userId),
    passkeys.listPasskeysOf(deps.db, userId),
    factors.countRecoveryCodes(deps.db, userId),
  ])
  return {
    authenticatorSince: authenticator?.confirmedAt ?? null,
    passkeys: keys.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt,
      lastUsedAt,
    })),
    recoveryCodesLeft,
    hasPassword: user?.passwordHash !== "",
    required: isFactorRequired(deps, isAdmin ? "admin" : "user"),
  }
}
