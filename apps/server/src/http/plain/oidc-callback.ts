import { Elysia } from "elysia"
import type { SecondFactorAsked } from "../../contract/index.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { finishOidc } from "../../core/oidc/finish-oidc.ts"
import { actorFromCookie, journeyTokenOf, sessionCookie } from "../auth.ts"
import { addressOf } from "../proxies.ts"

const userAgentCharsMax = 255

/**
 * Where issuers of identities send people back to. What comes of it is a page of ours: the one first
 * asked for, or the sign-in page with what is still missing or went wrong.
 */
export function oidcCallback(deps: Deps, { trustedProxies = 0 } = {}) {
  const proxies = { trustedProxies }
  return new Elysia({ name: "oidc" }).get(
    "/oidc/:provider/callback",
    async ({ request, server, params: { provider } }) => {
      const address = addressOf(request, server?.requestIP(request)?.address, proxies)
      const userAgent = (request.headers.get("user-agent") ?? "").slice(0, userAgentCharsMax)
      try {
        const { returnTo, entered } = await finishOidc(deps, {
          provider,
          query: new URL(request.url).search,
          browser: journeyTokenOf(request),
          userId: (await actorFromCookie(deps, request))?.userId,
          visit: { address, userAgent },
        })
        if (!entered) return sendTo(returnTo)
        if (entered.secondFactor) return sendTo(secondStep(entered.secondFactor, returnTo))
        return sendTo(returnTo, sessionCookie(request, entered.token, proxies))
      } catch (cause) {
        const { code, params, cause: hidden } = AppError.from(cause)
        if (code === "internal") deps.log.error("a sign-in failed", { provider, cause: hidden })
        const wait = typeof params.seconds === "number" && { seconds: `${params.seconds}` }
        return sendTo(`/sign-in?${new URLSearchParams({ failed: code, ...wait })}`)
      }
    },
  )
}

/** In the fragment, which no server and no log sees. */
function secondStep({ challenge, methods }: SecondFactorAsked, returnTo: string): string {
  const rest = new URLSearchParams({ challenge, methods: methods.join(" ") })
  return `/sign-in?${new URLSearchParams({ redirect: returnTo })}#${rest}`
}

const sendTo = (location: string, cookie?: string) =>
  new Response(null, {
    status: 302,
    headers: {
      location,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      ...(cookie && { "set-cookie": cookie }),
    },
  })
