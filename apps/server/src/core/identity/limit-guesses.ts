import { networkOf } from "../address.ts"
import type { Bucket, Deps } from "../deps.ts"
import { requireRate } from "./require-rate.ts"

/** A person who mistypes is not held up; a list of passwords would take years. */
const perName: Bucket = { capacity: 10, perSecond: 1 / 12 }
const perNetwork: Bucket = { capacity: 60, perSecond: 1 }

/**
 * `who` is the id of the account, or what was typed where none is meant by it.
 * @throws AppError `rate.limited` when an account or from a network too much was tried
 */
export const limitGuesses = (
  deps: Deps,
  { who, address }: { who: string; address: string },
): Promise<void> =>
  requireRate(deps, [
    [`guess:network:${networkOf(address)}`, perNetwork],
    [`guess:who:${who}`, perName],
  ])
