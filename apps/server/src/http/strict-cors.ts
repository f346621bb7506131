import { type AllowedOrigin, originAllowed } from "./origins.ts"

/**
 * What a page elsewhere may read. Pages of the origins the operator named may, with their reader's
 * cookie; when none is named every page may, but as a stranger; all others may not.
 */
function corsHeaders(request: Request, allowed: readonly AllowedOrigin[]): Record<string, string> {
  const origin = request.headers.get("origin")
  if (origin === null) return {}
  if (allowed.length === 0) return { "access-control-allow-origin": "*" }
  if (!originAllowed(allowed, origin)) return { vary: "origin" }
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "origin",
  }
}

/** Answers a browser that asks before it sends. */
export function preflight(request: Request, allowed: readonly AllowedOrigin[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders(request, allowed),
      "access-control-allow-methods": "GET, POST, OPTIONS",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "7200",
    },
  })
}

/** The same answer, with what a page elsewhere may know of it. */
export function shared(
  response: Response,
  request: Request,
  allowed: readonly AllowedOrigin[],
): Response {
  for (const [name, value] of Object.entries(corsHeaders(request, allowed)))
    response.headers.append(name, value)
  return response
}
