import ipaddr from "ipaddr.js"

/**
 * Whether an address is on the public internet. Everything else is refused, known to be private or
 * not: private, loopback, link-local, shared and multicast ranges, and IPv6 that wraps an IPv4.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  // Looks through `::ffff:127.0.0.1`.
  const address = ipaddr.process(text)
  if (address.range() !== "unicast") return false
  return address.kind() === "ipv4" || address.match(globalUnicast)
}

const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3")
