import { factors, identities, users } from "@nio/db"
import type { IdentityView } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { requireProof } from "../identity/require-proof.ts"

/** The accounts elsewhere that let the actor in. */
export async function listIdentities(deps: Deps, actor: Actor): Promise<IdentityView[]> {
  const { userId } = requireActive(actor)
  const rows = await identities.listIdentitiesOf(deps.db, userId)
  return rows.map(({ id, provider, label, createdAt, lastUsedAt }) => ({
    id,
    provider,
    label,
    createdAt,
    lastUsedAt,
  }))
}

/** @throws AppError `auth.proof-required`, `oidc.last-way` when they could not get in any more */
export async function unlinkIdentity(
  deps: Deps,
  actor: Actor,
  { id }: { id: string },
): Promise<null> {
  await requireProof(deps, actor)
  const { userId } = actor
  await deps.db.transaction(async (tx) => {
    await identities.deleteIdentity(tx, { id, userId })
    const user = await users.findUserById(tx, userId)
    const { passkey } = await factors.factorsOf(tx, userId)
    const { length: others } = await identities.listIdentitiesOf(tx, userId)
    if (!user?.passwordHash && !passkey && others === 0) throw new AppError("oidc.last-way")
  })
  return null
}
