import { plainAddress } from "../core/address.ts"
import type { Deps } from "../core/deps.ts"
import { nodeState } from "../core/node-state.ts"

/** Hops in front of us whose word is believed; whatever says the same without them is somebody's invention. */
export type Proxies = { trustedProxies: number }

const known = nodeState(() => ({ trusted: 0 }))

/** Says, as the server is made, how many hops in front of it are believed. */
export function trustProxies(deps: Deps, trusted: number): void {
  known(deps).trusted = trusted
}

export const proxiesOf = (deps: Deps): Proxies => ({ trustedProxies: known(deps).trusted })

/** Whose requests count together: what the outermost trusted proxy saw, else the socket's peer. */
export function addressOf(
  { headers }: Request,
  peer: string | undefined,
  { trustedProxies }: Proxies,
): string {
  const seen = headers.get("x-forwarded-for")?.split(",") ?? []
  const claimed = trustedProxies > 0 ? seen.at(-trustedProxies)?.trim() : undefined
  return plainAddress(claimed) ?? plainAddress(peer) ?? "unknown"
}

/** The scheme and host its sender used, as far as we are told by somebody we believe. */
export function placeOf(
  { url, headers }: Request,
  { trustedProxies }: Proxies,
): { scheme: string; host: string } {
  const told = (name: string) =>
    trustedProxies > 0 ? headers.get(name)?.split(",")[0]?.trim() : undefined
  const { protocol, host } = new URL(url)
  return {
    scheme: told("x-forwarded-proto") ?? protocol.slice(0, -1),
    host: told("x-forwarded-host") ?? headers.get("host") ?? host,
  }
}
