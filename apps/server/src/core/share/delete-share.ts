import { shares } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** Its address leads nowhere from now on. @throws AppError `share.not-found` */
export async function deleteShare(deps: Deps, actor: Actor, id: string): Promise<null> {
  const { userId } = requireActive(actor)
  if (!(await shares.remove(deps.db, { id, userId }))) throw new AppError("share.not-found")
  return null
}
