import ipaddr from "ipaddr.js"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/**
 * Whether a key may be used now and from here. `address` is only asked for when it matters.
 * @throws AppError `key.expired`, `key.address`
 */
export function requireKey({ now }: Deps, { keyTerms }: Actor, address: () => string): void {
  if (!keyTerms) return
  const { expiresAt, addresses } = keyTerms.limits
  if (expiresAt !== null && expiresAt <= now())
    throw new AppError("key.expired", { date: new Date(expiresAt).toISOString() })
  if (addresses.length === 0) return
  const from = address()
  if (!isAmong(from, addresses)) throw new AppError("key.address", { address: from })
}

/** Looks through IPv4 in IPv6, as a socket that listens to both reports it. */
export function isAmong(text: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return ranges.some((range) => {
    const [first, bits] = rangeOf(range)
    return address.kind() === first.kind() && address.match(first, bits)
  })
}

function rangeOf(range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (range.includes("/")) return ipaddr.parseCIDR(range)
  const address = ipaddr.process(range)
  return [address, address.kind() === "ipv4" ? 32 : 128]
}
