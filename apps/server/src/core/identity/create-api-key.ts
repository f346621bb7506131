import { apiKeys } from "@nio/db"
import { type ApiKeyCreated, type ApiKeyTerms, noLimits } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { storableTerms } from "./key-terms.ts"
import { newSecret } from "./token.ts"

/** Far more than a person has programs. */
const keysMax = 200

/**
 * Makes a key for the actor, without limits when none are given. It is told this once; only its hash
 * is kept.
 * @throws AppError `key.too-many`, `key.group` for a group above the actor's own
 */
export async function createApiKey(
  deps: Deps,
  actor: Actor,
  name: string,
  terms: Omit<ApiKeyTerms, "name"> = { limits: noLimits, spendCap: null },
): Promise<ApiKeyCreated> {
  requireActive(actor)
  if ((await apiKeys.countApiKeysOf(deps.db, actor.userId)) >= keysMax)
    throw new AppError("key.too-many", { limit: keysMax })
  const id = deps.newId()
  const { key, hash, hint } = newSecret()
  await apiKeys.insertApiKey(deps.db, {
    ...storableTerms(actor, { name, ...terms }),
    id,
    userId: actor.userId,
    hash,
    hint,
    createdAt: deps.now(),
  })
  return { id, key }
}
