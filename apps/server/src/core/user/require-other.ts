import { users } from "@nio/db"
import type { Actor } from "../actor.ts"
import { AppError } from "../error.ts"
import { rootName } from "../identity/ensure-root.ts"

/**
 * Whether the actor may shut this person out: not themselves, and not root, so that there always is
 * a way back in. Whoever does it is an administrator and stays one, and so the last is never lost.
 * @throws AppError `user.self`, `user.root`
 */
export function requireOther(actor: Actor, user: { id: string; name: string }): void {
  if (user.id === actor.userId) throw new AppError("user.self")
  if (users.nameKeyOf(user.name) === rootName) throw new AppError("user.root")
}
