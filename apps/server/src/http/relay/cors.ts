const told = [
  "x-request-id",
  "request-id",
  "x-attempts",
  "x-channel",
  "x-overhead-ms",
  "x-cache",
  "x-dropped",
  "x-upstream-request-id",
  "retry-after",
  ...["limit", "remaining", "reset"].flatMap((what) => [
    `x-ratelimit-${what}-requests`,
    `x-ratelimit-${what}-tokens`,
  ]),
]

/** What programs speak is for those with a key of their own: open to every origin, never with cookies. */
export const openHeaders = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": told.join(", "),
}

const preflightHeaders = {
  ...openHeaders,
  "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
  "access-control-allow-headers": "*, authorization",
  "access-control-max-age": "7200",
}

export const preflight = () => new Response(null, { status: 204, headers: preflightHeaders })
