/** One entry of `ALLOW_ORIGINS`. Without a port, every port of the host is meant. */
export type AllowedOrigin = { host: string; port?: number }

/**
 * Reads a list such as `chatnio.net, https://app.example.com:8443`: separated by commas or blanks,
 * with or without scheme. `www.` is taken off, since a site answers under both names.
 * @returns undefined for an entry that is not a host
 */
export function parseOrigins(text: string): (AllowedOrigin | undefined)[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(parseOrigin)
}

/** An empty list allows every origin, as an unset variable does. Whole hosts are compared, never parts. */
export function originAllowed(allowed: readonly AllowedOrigin[], origin: string): boolean {
  if (allowed.length === 0) return true
  const asked = parseOrigin(origin)
  if (!asked) return false
  const port = asked.port ?? (origin.startsWith("https:") ? 443 : 80)
  return allowed.some(
    (entry) => entry.host === asked.host && (entry.port === undefined || entry.port === port),
  )
}

function parseOrigin(text: string): AllowedOrigin | undefined {
  const bare = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/$/, "")
  const [, host, port] = /^([^/:?#@*\\]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(bare) ?? []
  if (!host || !URL.canParse(`http://${bare}`)) return undefined
  const { hostname } = new URL(`http://${bare}`)
  return { host: hostname.replace(/^www\./, ""), ...(port && { port: Number(port) }) }
}
