import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { trustProxies } from "../proxies.ts"
import { anthropicMessages } from "./anthropic/index.ts"
import { readCountRequest, readMessagesRequest } from "./anthropic/read-request.ts"
import { billingRoutes } from "./billing/index.ts"
import { offerRoutes } from "./billing/offers.ts"
import { answered, type Call, type Incoming } from "./call.ts"
import { chat } from "./chat.ts"
import { completions } from "./completions/index.ts"
import { readCompletionRequest } from "./completions/read-request.ts"
import { preflight } from "./cors.ts"
import { count } from "./count.ts"
import type { Refusing } from "./dialect.ts"
import { modelIn } from "./gemini/address.ts"
import { handleModel } from "./gemini/handle.ts"
import { geminiContent } from "./gemini/index.ts"
import { geminiModels } from "./gemini/models.ts"
import { createKeepAlive, type KeepAlive } from "./keep-alive.ts"
import { type ModelDialect, modelDialectOf, models } from "./models.ts"
import { openaiChat } from "./openai/index.ts"
import { readChatRequest } from "./openai/read-request.ts"
import { responsesRoutes } from "./responses/routes.ts"
import { taskRoutes } from "./tasks/index.ts"

/** As programs know them; below `/api` for those that knew an earlier server. */
const places = ["", "/api"]

/** The APIs that programs speak: each in its own dialect, errors included, and open to every origin. */
export function relay(deps: Deps, { trustedProxies = 0 } = {}) {
  trustProxies(deps, trustedProxies)
  const keepAlive = createKeepAlive()
  const app = new Elysia({ name: "relay" })
  for (const place of places)
    app
      .use(billingRoutes(deps, place))
      .use(versionOne(deps, keepAlive, `${place}/v1`))
      .use(versionOneBeta(deps, keepAlive, `${place}/v1beta`))
  return app
}

type Handle = (call: Call) => Promise<Response> | never

/** OpenAI's, Anthropic's, and what of Google's is there as well. */
function versionOne(deps: Deps, keepAlive: KeepAlive, prefix: string) {
  const by = routesBy(deps)
  return new Elysia({ prefix })
    .options("/*", preflight)
    .use(taskRoutes(deps, keepAlive))
    .use(modelRoutes(deps, modelDialectOf))
    .use(offerRoutes(deps))
    .use(responsesRoutes(deps, keepAlive))
    .post(
      "/chat/completions",
      by(openaiChat, (call) => chat(deps, keepAlive, openaiChat, call, readChatRequest)),
      { parse: "none" },
    )
    .post(
      "/completions",
      by(completions, (call) => chat(deps, keepAlive, completions, call, readCompletionRequest)),
      { parse: "none" },
    )
    .post(
      "/messages",
      by(anthropicMessages, (call) =>
        chat(deps, keepAlive, anthropicMessages, call, readMessagesRequest),
      ),
      { parse: "none" },
    )
    .post(
      "/messages/count_tokens",
      by(anthropicMessages, (call) =>
        count(
          deps,
          call,
          (text) => readCountRequest(text, call.request.headers),
          (input_tokens) => ({ input_tokens }),
        ),
      ),
      { parse: "none" },
    )
    .use(contentRoutes(deps, keepAlive))
    .get("/*", (incoming) => answered(deps, modelDialectOf(incoming.request), incoming, nothingAt))
    .all("/*", (incoming) => answered(deps, modelDialectOf(incoming.request), incoming, nothingAt))
}

/** Google's. */
const versionOneBeta = (deps: Deps, keepAlive: KeepAlive, prefix: string) =>
  new Elysia({ prefix })
    .options("/*", preflight)
    .use(modelRoutes(deps, () => geminiModels))
    .use(contentRoutes(deps, keepAlive))
    .get("/*", routesBy(deps)(geminiContent, nothingAt))
    .all("/*", routesBy(deps)(geminiContent, nothingAt))

const contentRoutes = (deps: Deps, keepAlive: KeepAlive) =>
  new Elysia().post(
    "/models/*",
    routesBy(deps)(geminiContent, async (call) => handleModel(deps, keepAlive, call)),
    { parse: "none" },
  )

function modelRoutes(deps: Deps, dialectOf: (request: Request) => ModelDialect) {
  const created = Math.floor(deps.now() / 1_000)
  const handle = (incoming: Incoming, path?: string) => {
    const dialect = dialectOf(incoming.request)
    return answered(deps, dialect, incoming, async (call) => {
      const only = path === undefined ? undefined : modelIn(path)
      if (path !== undefined && only === undefined)
        throw new AppError("model.unknown", { model: path })
      return models(deps, call, dialect, { created, only })
    })
  }
  return new Elysia()
    .get("/models", (incoming) => handle(incoming))
    .get("/models/*", (incoming) => handle(incoming, pathAfterModels(incoming.request)))
}

function pathAfterModels({ url }: Request): string {
  const { pathname } = new URL(url)
  return pathname.slice(pathname.indexOf("/models/") + "/models/".length)
}

const routesBy =
  (deps: Deps) =>
  (dialect: Refusing, handle: Handle) =>
  ({ request, server }: Incoming) =>
    answered(deps, dialect, { request, server }, handle)

/** Said for `get` apart: the web app's `/*` would come before an `all`. */
function nothingAt({ request }: Call): never {
  throw new AppError("route.not-found", { path: new URL(request.url).pathname })
}
