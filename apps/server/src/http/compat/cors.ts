import { type AllowedOrigin, originAllowed } from "../origins.ts"

/**
 * What a page elsewhere may read: of an origin the operator named, or any when none is named. Never
 * with a cookie, for nothing here looks at one.
 */
export function corsHeaders(
  request: Request,
  allowed: readonly AllowedOrigin[],
): Record<string, string> {
  const origin = request.headers.get("origin")
  if (origin === null) return {}
  if (allowed.length === 0) return { "access-control-allow-origin": "*" }
  const vary = { vary: "origin" }
  return originAllowed(allowed, origin) ? { ...vary, "access-control-allow-origin": origin } : vary
}

/** Answers a browser that asks before it sends. */
export const preflight = (request: Request, allowed: readonly AllowedOrigin[]): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders(request, allowed),
      "access-control-allow-methods": "GET, POST, OPTIONS",
      "access-control-allow-headers": "authorization, content-type, x-requested-with",
      "access-control-max-age": "7200",
    },
  })
