import { users } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { toActor } from "./actor-of.ts"

/** Somebody by name, as the actor they would be. @throws AppError `user.not-found` */
export async function findUser(deps: Deps, name: string): Promise<Actor & { id: string }> {
  const row = await users.findUserByName(deps.db, name)
  if (!row) throw new AppError("user.not-found", { id: name })
  return { ...toActor(row, deps.now()), id: row.id }
}
