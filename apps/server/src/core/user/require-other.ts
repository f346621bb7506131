import { type Db, users } from "@nio/db"
import type { Actor } from "../actor.ts"
import { AppError } from "../error.ts"
import { rootName } from "../identity/ensure-root.ts"

/**
 * Whether the actor may shut this person out: not themselves, and not root, so that there always is
 * a way back in. Both accounts are locked until the transaction ends: whoever does it is an
 * administrator until then, and so of two who do it to each other at once one remains.
 * @throws AppError `user.self`, `user.root`, `auth.forbidden`
 */
export async function requireOther(
  tx: Db,
  actor: Actor,
  user: { id: string; name: string },
): Promise<void> {
  if (user.id === actor.userId) throw new AppError("user.self")
  if (users.nameKeyOf(user.name) === rootName) throw new AppError("user.root")
  const locked = await users.lockUsers(tx, [actor.userId, user.id])
  if (!locked.some((one) => one.id === actor.userId && users.isAdmin(one)))
    throw new AppError("auth.forbidden")
}
