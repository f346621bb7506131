import ipaddr from "ipaddr.js"

/** Bits of an IPv6 address that are the network's: a household has all the addresses behind them. */
const networkBits = 64

/** Whose requests count together: what counts as one address. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === "ipv4") return parsed.toString()
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/${networkBits}`)
  return `${network}/${networkBits}`
}

/** An address as it is always written, IPv4 in IPv6 looked through; undefined for what is none. */
export const plainAddress = (text: string | undefined): string | undefined =>
  text !== undefined && ipaddr.isValid(text) ? ipaddr.process(text).toString() : undefined
