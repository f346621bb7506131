import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { socketAt } from "../sockets.ts"
import { compatDoorman } from "./chat/doorman.ts"
import { preflight } from "./cors.ts"
import { answer, type CompatOptions, type Incoming, type Route } from "./route.ts"
import { accountRoutes } from "./routes/account.ts"
import { conversationRoutes } from "./routes/conversations.ts"
import { keyRoutes } from "./routes/keys.ts"
import { moneyRoutes } from "./routes/money.ts"
import { planRoutes } from "./routes/plans.ts"
import { presetRoutes } from "./routes/presets.ts"
import { shareRoutes } from "./routes/shares.ts"
import { siteRoutes } from "./routes/site.ts"

const routes: Route[] = [
  ...accountRoutes,
  ...keyRoutes,
  ...moneyRoutes,
  ...planRoutes,
  ...conversationRoutes,
  ...shareRoutes,
  ...presetRoutes,
  ...siteRoutes,
]

type Options = CompatOptions & {
  /** Whether these routes stand at the root as well: where the web app is served from elsewhere. */
  atRoot: boolean
}

/** What the SDKs and clients of Chat Nio speak: see the README beside this. */
export function compat(deps: Deps, { atRoot, ...options }: Options) {
  const app = new Elysia({ name: "compat" }).use(
    socketAt(deps, "/api/chat", compatDoorman(deps, options)),
  )
  for (const place of atRoot ? ["/api", ""] : ["/api"]) {
    for (const { method, path, handle } of routes) {
      const at = `${place}${path}`
      const respond = ({ request, server }: Incoming) =>
        answer(deps, { path, handle }, { request, server }, options)
      app.options(at, ({ request }) => preflight(request, options.allowOrigins))
      if (method === "GET") app.get(at, respond)
      else app.post(at, respond, { parse: "none" })
    }
  }
  // For `get` apart: the web app's `/*` would come before an `all`.
  app.get("/api/*", nothingHere).all("/api/*", nothingHere)
  return atRoot ? app.all("/*", nothingHere) : app
}

const nothingHere = () =>
  Response.json({ status: false, message: "not found or method not allowed" }, { status: 404 })
