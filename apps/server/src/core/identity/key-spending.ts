import { apiKeys } from "@nio/db"
import type { Micropoints } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** What the actor's key may spend in all, and what is left of it; undefined without such a limit. */
export async function keySpending(
  deps: Deps,
  { keyId, keyTerms }: Actor,
): Promise<{ cap: Micropoints; left: Micropoints } | undefined> {
  if (!keyId || keyTerms?.spendCap == null) return undefined
  const spending = await apiKeys.spendingOfKey(deps.db, keyId)
  if (spending?.spendCap == null) return undefined
  const { spendCap: cap, spent } = spending
  return { cap, left: Math.max(0, cap - spent) }
}
