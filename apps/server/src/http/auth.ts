import type { Actor } from "../core/actor.ts"
import type { Deps } from "../core/deps.ts"
import { actorFromSession, sessionMs } from "../core/identity/actor-of.ts"
import { type AllowedOrigin, originAllowed } from "./origins.ts"

const cookieName = "nio_session"

/** Who the cookie says it is; undefined for visitors and for sessions that have ended. */
export async function actorFromCookie(deps: Deps, request: Request): Promise<Actor | undefined> {
  const token = new Bun.CookieMap(request.headers.get("cookie") ?? "").get(cookieName)
  return token ? actorFromSession(deps, token) : undefined
}

/** The `Set-Cookie` that signs in, or, without a token, out. */
export function sessionCookie(request: Request, token: string | undefined): string {
  return new Bun.Cookie(cookieName, token ?? "", {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(request),
    maxAge: token ? sessionMs / 1_000 : 0,
  }).toString()
}

/** The same token again with a fresh date, for a browser that came back. */
export function renewedCookie(request: Request): string | undefined {
  const token = new Bun.CookieMap(request.headers.get("cookie") ?? "").get(cookieName)
  return token ? sessionCookie(request, token) : undefined
}

function isSecure(request: Request): boolean {
  return request.url.startsWith("https:") || request.headers.get("x-forwarded-proto") === "https"
}

/** Hops in front of us, each of which appends the address it saw to `X-Forwarded-For`. */
type Proxies = { trustedProxies: number }

/** Whose requests count together: what the outermost trusted proxy saw, else the socket's peer. */
export function addressOf(
  request: Request,
  peer: string | undefined,
  { trustedProxies }: Proxies,
): string {
  const seen = request.headers.get("x-forwarded-for")?.split(",") ?? []
  const claimed = trustedProxies > 0 ? seen.at(-trustedProxies)?.trim() : undefined
  return claimed || peer || "unknown"
}

/**
 * Whether this may act with its browser's cookie: sent by our own pages, or by those of an origin
 * the operator named. What is no browser sends no `Origin` and has no cookie it did not ask for.
 */
export function isTrustedOrigin(request: Request, allowed: readonly AllowedOrigin[]): boolean {
  const origin = request.headers.get("origin")
  if (origin === null) return true
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host")
  if (URL.parse(origin)?.host === host) return true
  return allowed.length > 0 && originAllowed(allowed, origin)
}
