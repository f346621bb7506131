import { users } from "@nio/db"
import type { ProfileView } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** What the actor sees of their own account. */
export async function getProfile(deps: Deps, actor: Actor): Promise<ProfileView> {
  const { userId } = requireActive(actor)
  const user = await users.findUserById(deps.db, userId)
  if (!user) throw new AppError("auth.required")
  const { name, email, emailVerified, createdAt } = user
  return { name, email: emailVerified ? email : null, createdAt }
}
