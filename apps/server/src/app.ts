import { Elysia } from "elysia"
import type { Deps } from "./core/deps.ts"
import { chatSocket } from "./http/chat-socket/index.ts"
import { compatDoorman } from "./http/compat/chat/doorman.ts"
import { compat } from "./http/compat/index.ts"
import type { AllowedOrigin } from "./http/origins.ts"
import { accountExport } from "./http/plain/export.ts"
import { health, type Readiness } from "./http/plain/health.ts"
import { metrics } from "./http/plain/metrics.ts"
import { notices } from "./http/plain/notices.ts"
import { oidcCallback } from "./http/plain/oidc-callback.ts"
import { statementFiles } from "./http/plain/statement.ts"
import { staticFiles } from "./http/plain/static.ts"
import { visitorChat } from "./http/plain/visitor-chat.ts"
import { relay } from "./http/relay/index.ts"
import { formBytesMax } from "./http/relay/read-body.ts"
import { socketSettings } from "./http/sockets.ts"
import { trpcRoutes } from "./http/trpc/index.ts"

export type AppOptions = {
  allowOrigins: readonly AllowedOrigin[]
  /** Hops in front of us whose `X-Forwarded-For` entry is believed; none when left out. */
  trustedProxies?: number
  /** The built web app; undefined when another host serves it. */
  webFolder: string | undefined
  ready: Readiness
  /** Who has it may read `/metrics`; without one, this machine alone. */
  metricsToken?: string | undefined
}

/** Bun's longest. A model may think for longer, so streams lift it for themselves. */
const idleSeconds = 255
/** A little above what the edges take, so that theirs is the answer and not an empty 413. */
const bodyBytesMax = formBytesMax + 16 * 1024 * 1024

/** The whole server, not yet listening. */
export async function createApp(
  deps: Deps,
  { allowOrigins, trustedProxies = 0, webFolder, ready, metricsToken }: AppOptions,
) {
  const old = { allowOrigins, trustedProxies, atRoot: webFolder === undefined }
  const app = new Elysia({
    serve: { idleTimeout: idleSeconds, maxRequestBodySize: bodyBytesMax },
    // Without it, a Host header such as `a` is answered with 404.
    handler: { standardHostname: false },
    websocket: socketSettings,
  })
    .use(relay(deps, { trustedProxies }))
    .use(trpcRoutes(deps, { allowOrigins, trustedProxies }))
    .use(accountExport(deps))
    .use(oidcCallback(deps, { trustedProxies }))
    .use(visitorChat(deps, { allowOrigins, trustedProxies }))
    .use(chatSocket(deps, compatDoorman(deps, old)))
    .use(compat(deps, old))
    .use(notices(deps, { trustedProxies }))
    .use(statementFiles(deps))
    .use(health(ready))
    .use(metrics(deps, metricsToken))
  return webFolder === undefined ? app : app.use(await staticFiles(webFolder, { trustedProxies }))
}
export type App = Awaited<ReturnType<typeof createApp>>
