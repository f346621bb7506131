import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { hearNotice, noticePath } from "../../core/routing/notices.ts"
import { addressOf } from "../proxies.ts"

/**
 * Where upstreams tell that something has changed. What else they say is not read: whoever waits
 * asks them.
 */
export function notices(deps: Deps, { trustedProxies = 0 } = {}) {
  return new Elysia({ name: "notices" }).post(
    `${noticePath}/:token`,
    async ({ request, server, params: { token } }) => {
      const peer = server?.requestIP(request)?.address
      const address = addressOf(request, peer, { trustedProxies })
      try {
        await hearNotice(deps, { token, address })
        return Response.json({ status: true })
      } catch (cause) {
        const { status, code, message } = AppError.from(cause)
        deps.log.warn("a notice was refused", { address, code })
        return Response.json({ status: false, error: message }, { status })
      }
    },
    { parse: "none" },
  )
}
