import type { Actor } from "../core/actor.ts"
import type { Deps } from "../core/deps.ts"
import { actorFromSession, sessionMs } from "../core/identity/actor-of.ts"
import { journeyMs } from "../core/oidc/begin-oidc.ts"
import { type AllowedOrigin, originAllowed } from "./origins.ts"
import { type Proxies, placeOf } from "./proxies.ts"

const cookieName = "nio_session"

/** Who the cookie says it is; undefined for visitors and for sessions that have ended. */
export async function actorFromCookie(deps: Deps, request: Request): Promise<Actor | undefined> {
  const token = new Bun.CookieMap(request.headers.get("cookie") ?? "").get(cookieName)
  return token ? actorFromSession(deps, token) : undefined
}

/** The `Set-Cookie` that signs in, or, without a token, out. */
export function sessionCookie(
  request: Request,
  token: string | undefined,
  proxies: Proxies,
): string {
  return new Bun.Cookie(cookieName, token ?? "", {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(request, proxies),
    maxAge: token ? sessionMs / 1_000 : 0,
  }).toString()
}

const journeyCookieName = "nio_oidc"

/** What a browser keeps while it is away at an issuer of identities. */
export const journeyTokenOf = (request: Request): string | undefined =>
  new Bun.CookieMap(request.headers.get("cookie") ?? "").get(journeyCookieName) ?? undefined

/** `lax`, for the way back begins on the issuer's page. */
export const journeyCookie = (request: Request, token: string, proxies: Proxies): string =>
  new Bun.Cookie(journeyCookieName, token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(request, proxies),
    maxAge: journeyMs / 1_000,
  }).toString()

/** The same token again with a fresh date, for a browser that came back. */
export function renewedCookie(request: Request, proxies: Proxies): string | undefined {
  const token = new Bun.CookieMap(request.headers.get("cookie") ?? "").get(cookieName)
  return token ? sessionCookie(request, token, proxies) : undefined
}

/** Whether the page came by TLS: as the connection, a proxy we believe, or the browser itself says. */
function isSecure(request: Request, proxies: Proxies): boolean {
  const page = request.headers.get("origin") ?? request.headers.get("referer") ?? ""
  return placeOf(request, proxies).scheme === "https" || page.startsWith("https:")
}

/** Where the page is that asks, as its browser sees it. */
export function originOf(request: Request, proxies: Proxies): string {
  const { scheme, host } = placeOf(request, proxies)
  const own = `${scheme}://${host}`
  return URL.parse(request.headers.get("origin") ?? own)?.origin ?? "http://localhost"
}

/**
 * Whether this may act with its browser's cookie: sent by our own pages, by the address the operator
 * says the site has, or by those of an origin they named. What is no browser sends no `Origin` and has no cookie it did not ask for.
 */
export function isTrustedOrigin(
  deps: Deps,
  request: Request,
  allowed: readonly AllowedOrigin[],
  proxies: Proxies,
): boolean {
  const origin = request.headers.get("origin")
  if (origin === null) return true
  if (URL.parse(origin)?.host === placeOf(request, proxies).host) return true
  const site = deps.live.current().settings["site.address"]
  if (URL.parse(site)?.origin === origin) return true
  return allowed.length > 0 && originAllowed(allowed, origin)
}
