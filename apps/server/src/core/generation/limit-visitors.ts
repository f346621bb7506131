import { type Actor, isAnonymous } from "../actor.ts"
import { networkOf } from "../address.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** Ten questions at once, then one every half minute. */
const perAddress: Bucket = { capacity: 10, perSecond: 1 / 30 }
/** All visitors together: whoever has many addresses cannot take the upstreams from those with an account. */
const altogether: Bucket = { capacity: 300, perSecond: 5 }

/**
 * Counts a visitor's question.
 * @throws AppError `rate.limited`
 */
export async function limitVisitors({ kv }: Deps, actor: Actor): Promise<void> {
  if (!isAnonymous(actor)) return
  const waitMs =
    (await kv.spend(`visitor:${networkOf(actor.address ?? "")}`, perAddress)) ||
    (await kv.spend("visitors", altogether))
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
}
