import { keyUsage } from "@nio/db"
import type { ApiKeyUsage } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

const dayMs = 86_400_000

/** What a key of the actor was used for in the last `days`; nothing for a key that is not theirs. */
export async function getKeyUsage(
  deps: Deps,
  actor: Actor,
  { id, days, utcOffset }: { id: string; days: number; utcOffset: number },
): Promise<ApiKeyUsage> {
  const { userId } = requireActive(actor)
  const offsetMs = utcOffset * 60_000
  const today = Math.floor((deps.now() + offsetMs) / dayMs)
  const span = { userId, keyId: id, since: (today - days + 1) * dayMs - offsetMs }
  const [byDay, byModel] = await Promise.all([
    keyUsage.keyUsageByDay(deps.db, span, offsetMs),
    keyUsage.keyUsageByModel(deps.db, span),
  ])
  return { byDay: byDay.map(({ day, ...used }) => ({ ...used, day: dateOf(day) })), byModel }
}

const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)
