import { apiKeys } from "@nio/db"
import type { ApiKeyTerms } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "./actor-cache.ts"
import { storableTerms } from "./key-terms.ts"

/**
 * Changes what a key of the actor may do, within two seconds on every node.
 * @throws AppError `key.not-found`, `key.group`
 */
export async function updateApiKey(
  deps: Deps,
  actor: Actor,
  id: string,
  terms: ApiKeyTerms,
): Promise<null> {
  const { userId } = requireActive(actor)
  if (!(await apiKeys.saveKeyTerms(deps.db, { id, userId }, storableTerms(actor, terms))))
    throw new AppError("key.not-found", { id })
  await forgetActors(deps)
  return null
}
