import { identity } from "@nio/db"
import type { ApiKeyCreated } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { hashOf, newApiKey } from "./token.ts"

const hintChars = 4

/** Makes a key for the actor. It is told this once; only its hash is kept. */
export async function createApiKey(deps: Deps, actor: Actor, name: string): Promise<ApiKeyCreated> {
  requireActive(actor)
  const id = deps.newId()
  const key = newApiKey()
  await identity.insertApiKey(deps.db, {
    id,
    userId: actor.userId,
    name,
    hash: hashOf(key),
    hint: key.slice(-hintChars),
    createdAt: deps.now(),
  })
  return { id, key }
}
