import { apiKeys, keyUsage } from "@nio/db"
import { type ApiKeyView, apiKeyLimits, noLimits } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

const recentMs = 30 * 24 * 3_600_000

/** The actor's keys in use, newest first, by their hints. */
export async function listApiKeys(deps: Deps, actor: Actor): Promise<ApiKeyView[]> {
  const { userId } = requireActive(actor)
  const [keys, recent] = await Promise.all([
    apiKeys.listApiKeysOf(deps.db, userId),
    keyUsage.chargesByKey(deps.db, userId, deps.now() - recentMs),
  ])
  return keys.map(({ limits, spent, ...key }) => ({
    ...key,
    limits: apiKeyLimits.safeParse(limits).data ?? noLimits,
    spent: key.spendCap === null ? (recent.get(key.id) ?? 0) : spent,
  }))
}
