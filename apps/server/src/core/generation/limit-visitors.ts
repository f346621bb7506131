import ipaddr from "ipaddr.js"
import { type Actor, isAnonymous } from "../actor.ts"
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

/** Bits of an IPv6 address that are the network's: a household has all the addresses behind them. */
const networkBits = 64

/** What counts as one address. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === "ipv4") return parsed.toString()
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/${networkBits}`)
  return `${network}/${networkBits}`
}
