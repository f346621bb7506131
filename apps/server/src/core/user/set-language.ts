import { users } from "@nio/db"
import type { LanguageTag } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** What mail to the actor is written in. */
export async function setLanguage(deps: Deps, actor: Actor, language: LanguageTag): Promise<null> {
  const { userId } = requireActive(actor)
  await users.saveLanguage(deps.db, userId, language)
  return null
}
