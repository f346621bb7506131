import type { Deps } from "../deps.ts"

/**
 * What passkeys of this site are bound to: `site.address`, when it is set, else where the browser
 * says it is. That comes from a request's own headers and can be forged, but helps nobody: a browser
 * signs for the page it really shows, and requests of other pages are refused before they get here.
 */
export function passkeySite({ live }: Deps, origin: string): { rpId: string; origin: string } {
  const address = live.current().settings["site.address"] || origin
  const url = new URL(address)
  return { rpId: url.hostname, origin: url.origin }
}
