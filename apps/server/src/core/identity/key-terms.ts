import { type ApiKeyTerms, noLimits } from "../../contract/index.ts"
import { type Actor, isWithin } from "../actor.ts"
import { AppError } from "../error.ts"

/**
 * Terms as they are stored: null when nothing is limited, so that such a key costs nothing to judge.
 * @throws AppError `key.group` for a group above the actor's own
 */
export function storableTerms(actor: Actor, { name, limits, spendCap }: ApiKeyTerms) {
  const beyond = limits.groups.filter((group) => !isWithin(group, actor.group))
  if (beyond.length > 0) throw new AppError("key.group", { groups: beyond.join(", ") })
  return { name, spendCap, limits: Bun.deepEquals(limits, noLimits) ? null : limits }
}
