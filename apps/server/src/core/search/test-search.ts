import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { searchWeb } from "./search-web.ts"

export type SearchTest = { ok: true; text: string } | { ok: false; message: string }

/**
 * Searches once with the settings as they are, for the operator to see what a model would be given.
 * @throws AppError `auth.forbidden`, `input.invalid`
 */
export async function testSearch(deps: Deps, actor: Actor, query: string): Promise<SearchTest> {
  requireAdmin(actor)
  if (query.trim() === "") throw new AppError("input.invalid", { detail: "nothing is searched" })
  try {
    return { ok: true, text: await searchWeb(deps, deps.live.current().settings, query.trim()) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
