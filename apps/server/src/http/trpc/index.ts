import { fetchRequestHandler } from "@trpc/server/adapters/fetch"
import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { AppError, type ErrorCode } from "../../core/error.ts"
import { newToken } from "../../core/identity/token.ts"
import {
  actorFromCookie,
  isTrustedOrigin,
  journeyCookie,
  journeyTokenOf,
  originOf,
  renewedCookie,
  sessionCookie,
} from "../auth.ts"
import type { AllowedOrigin } from "../origins.ts"
import { addressOf, type Proxies } from "../proxies.ts"
import { preflight, shared } from "../strict-cors.ts"
import { type Context, publicError } from "./init.ts"
import { appRouter } from "./root.ts"

const bodyBytesMax = 4 * 1024 * 1024
const batchCallsMax = 50
const userAgentCharsMax = 255
const answerHeaders = { "cache-control": "no-store", "x-content-type-options": "nosniff" }

export type WebOptions = {
  /** Origins besides our own whose pages may act with a cookie. */
  allowOrigins?: readonly AllowedOrigin[]
  trustedProxies?: number
}

/**
 * `/trpc/*`, for our own web pages. Changes are taken only as JSON and only from our own origin or
 * one of `allowOrigins`: a page elsewhere can then not act with somebody's cookie.
 *
 * `get` and `post` apart, for with `.all` the web's `/*` would come first.
 */
export function trpcRoutes(deps: Deps, { allowOrigins = [], trustedProxies = 0 }: WebOptions = {}) {
  const proxies = { trustedProxies }
  const addressFor = (request: Request, server: Server) =>
    addressOf(request, server?.requestIP(request)?.address, proxies)

  return new Elysia({ name: "trpc" })
    .options("/trpc/*", ({ request }) => preflight(request, allowOrigins))
    .get("/trpc/*", async ({ request, server }) =>
      shared(
        await answer(deps, request, addressFor(request, server), proxies),
        request,
        allowOrigins,
      ),
    )
    .post(
      "/trpc/*",
      async ({ request, server }) => {
        const refused = refusal(deps, request, allowOrigins, proxies)
        const response =
          refused ?? (await answer(deps, request, addressFor(request, server), proxies))
        return shared(response, request, allowOrigins)
      },
      { parse: "none" },
    )
}

type Server = { requestIP(request: Request): { address: string } | null } | null

function answer(
  deps: Deps,
  request: Request,
  address: string,
  proxies: Proxies,
): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/trpc",
    req: request,
    router: appRouter,
    maxBatchSize: batchCallsMax,
    createContext: async ({ resHeaders }): Promise<Context> => ({
      deps,
      actor: await actorFromCookie(deps, request),
      address,
      userAgent: (request.headers.get("user-agent") ?? "").slice(0, userAgentCharsMax),
      origin: originOf(request, proxies),
      keepJourneyToken: () => {
        const token = journeyTokenOf(request) ?? newToken()
        resHeaders.append("set-cookie", journeyCookie(request, token, proxies))
        return token
      },
      setSession: (token) =>
        resHeaders.append("set-cookie", sessionCookie(request, token, proxies)),
      renewSession: () => {
        const cookie = renewedCookie(request, proxies)
        if (cookie) resHeaders.append("set-cookie", cookie)
      },
    }),
    responseMeta: () => ({ headers: new Headers(answerHeaders) }),
    onError: ({ error, path }) => {
      const known = publicError(error)
      if (known.code === "internal")
        deps.log.error("procedure failed", { path, cause: known.cause })
    },
  })
}

function refusal(
  deps: Deps,
  request: Request,
  allowOrigins: readonly AllowedOrigin[],
  proxies: Proxies,
): Response | undefined {
  if (!isTrustedOrigin(deps, request, allowOrigins, proxies)) return refuse("auth.forbidden")
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    return refuse("input.invalid", { detail: "the body must be application/json" })
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytesMax)
    return refuse("input.too-large", { limit: `${bodyBytesMax} bytes` })
  return undefined
}

/** In tRPC's own shape, so that its client reads it like any other failure. */
function refuse(code: ErrorCode, params = {}): Response {
  const error = new AppError(code, params)
  const app = { code: error.code, params: error.params }
  return Response.json(
    { error: { message: error.message, code: -32_600, data: { httpStatus: error.status, app } } },
    { status: error.status },
  )
}
