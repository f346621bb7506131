import { identity } from "@nio/db"
import type { ApiKeyView } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** The actor's keys in use, newest first, by their hints. */
export async function listApiKeys(deps: Deps, actor: Actor): Promise<ApiKeyView[]> {
  requireActive(actor)
  return identity.listApiKeysOf(deps.db, actor.userId)
}
