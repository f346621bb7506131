import { billing, type Db, erase, users } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { rootName } from "../identity/ensure-root.ts"
import { requireProof } from "../identity/require-proof.ts"

/**
 * Deletes the actor's account: what lets them in at once, what they wrote soon after, their points
 * to the operator. The ledger keeps its rows, under an id that is nobody's name any more.
 * @param name theirs, typed, so that nobody does it by mistake
 * @throws AppError `auth.proof-required`, `account.name-differs`, `account.last-admin`
 */
export async function deleteAccount(deps: Deps, actor: Actor, name: string): Promise<null> {
  const { userId } = requireActive(actor)
  if (users.nameKeyOf(name.trim()) !== users.nameKeyOf(actor.name))
    throw new AppError("account.name-differs")
  await requireProof(deps, actor)
  await deps.db.transaction(async (tx) => {
    if (actor.isAdmin && (await isNeeded(tx, actor))) throw new AppError("account.last-admin")
    await erase.closeUser(tx, userId, deps.now())
    await takePoints({ ...deps, db: tx }, userId)
  })
  await forgetActors(deps)
  eraseAccount(deps, userId).catch((cause) =>
    deps.log.warn("what a deleted account has left is deleted later", { userId, cause }),
  )
  return null
}

/** Somebody must be able to administer the site; by the name of root it is found again. */
async function isNeeded(tx: Db, { name, userId }: Actor): Promise<boolean> {
  if (users.nameKeyOf(name) === rootName) return true
  return (await erase.lockAdmins(tx)).every((id) => id === userId)
}

const accountsAtOnce = 100

/** Deletes what deleted accounts have left: of long ones, after a crash, and points that were set aside. */
export async function eraseLeftovers(deps: Deps): Promise<void> {
  for (const userId of await erase.leftovers(deps.db, accountsAtOnce))
    await eraseAccount(deps, userId)
}

async function eraseAccount(deps: Deps, userId: string): Promise<void> {
  await takePoints(deps, userId)
  while (await erase.eraseSome(deps.db, userId));
}

const takePoints = ({ db, newId, now }: Pick<Deps, "db" | "newId" | "now">, accountId: string) => {
  const id = newId()
  const transfer = { id, accountId, reference: `closed:${id}`, reason: "", createdAt: now() }
  return billing.emptyAccount(db, transfer)
}
