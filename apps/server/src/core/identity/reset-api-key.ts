import { apiKeys } from "@nio/db"
import type { ApiKeyCreated } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "./actor-cache.ts"
import { newSecret } from "./token.ts"

/**
 * Gives a key of the actor another secret; what it may do and what it has spent stay. No node takes
 * the old one for longer than two seconds more.
 * @throws AppError `key.not-found`
 */
export async function resetApiKey(deps: Deps, actor: Actor, id: string): Promise<ApiKeyCreated> {
  const { userId } = requireActive(actor)
  const { key, hash, hint } = newSecret()
  if (!(await apiKeys.replaceKeySecret(deps.db, { id, userId, hash, hint })))
    throw new AppError("key.not-found", { id })
  await forgetActors(deps)
  return { id, key }
}
