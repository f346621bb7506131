import { z } from "zod"
import { type ProxyLogin, proxyAddress, proxyLogin } from "../../contract/index.ts"

/** How Chat Nio stores a channel's proxy: 0 none, 1 HTTP, 2 HTTPS, 3 SOCKS5; both spellings exist. */
export const storedProxy = z
  .object({
    proxytype: z.coerce.number().optional().catch(undefined),
    proxy_type: z.coerce.number().optional().catch(undefined),
    proxy: z.string().catch(""),
    username: z.string().catch(""),
    password: z.union([z.string(), z.number().transform(String)]).catch(""),
  })
  .nullish()
  .catch(null)

export type ImportedProxy = { address: z.infer<typeof proxyAddress>; login?: ProxyLogin }

const schemes: Record<number, string> = { 1: "http", 2: "https", 3: "socks5" }
const defaultPorts: Record<string, number> = { http: 80, https: 443, socks5: 1080 }

/** @returns undefined when there is none, null when it cannot be used */
export function importProxy(stored: z.infer<typeof storedProxy>): ImportedProxy | undefined | null {
  const type = stored?.proxytype ?? stored?.proxy_type ?? 0
  if (!stored || type === 0) return undefined
  const scheme = schemes[type]
  const place = stored.proxy.trim().replace(/^[a-z0-9]+:\/\//i, "")
  if (scheme === undefined || !URL.canParse(`tcp://${place}`)) return null
  const { hostname: host, port, username, password } = new URL(`tcp://${place}`)
  const address = { scheme, host, port: Number(port) || defaultPorts[scheme] }
  const login = {
    username: stored.username || decodeURIComponent(username),
    password: stored.password || decodeURIComponent(password),
  }
  const usable = proxyAddress.safeParse(address).data
  if (!usable) return null
  const known = proxyLogin.safeParse(login).data
  return { address: usable, ...(known && { login: known }) }
}
