import type { FetchText } from "../core/deps.ts"
import { type Guard, guardedFetch, publicOnly } from "./guarded-fetch.ts"

/**
 * For addresses that an administrator set and that may be private, such as a search service beside
 * us. Only the host that was named is trusted: where it redirects to must be public.
 *
 * @throws GuardError, or the signal's reason when the caller gave up
 */
export const trustedFetch: FetchText = async (address, limits) => {
  let named: Set<string> | undefined
  const guard: Guard = {
    async resolve(host) {
      const addresses = await publicOnly.resolve(host)
      named ??= new Set(addresses)
      return addresses
    },
    allows: (found) => named?.has(found) || publicOnly.allows(found),
  }
  const { status, bytes } = await guardedFetch(address, limits, guard)
  return { status, text: new TextDecoder().decode(bytes) }
}
