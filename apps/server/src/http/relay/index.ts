import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { anthropicMessages } from "./anthropic/index.ts"
import { readCountRequest, readMessagesRequest } from "./anthropic/read-request.ts"
import { answered, type Call, type Incoming } from "./call.ts"
import { chat } from "./chat.ts"
import { preflight } from "./cors.ts"
import { count } from "./count.ts"
import type { Refusing } from "./dialect.ts"
import { createKeepAlive, type KeepAlive } from "./keep-alive.ts"
import { models } from "./models.ts"
import { openaiChat } from "./openai/index.ts"
import { readChatRequest } from "./openai/read-request.ts"
import { taskRoutes } from "./tasks/index.ts"

/** The APIs that programs speak: each in its own dialect, errors included, and open to every origin. */
export function relay(deps: Deps) {
  const keepAlive = createKeepAlive()
  return new Elysia({ name: "relay" }).use(versionOne(deps, keepAlive, "/v1"))
}

function versionOne(deps: Deps, keepAlive: KeepAlive, prefix: string) {
  const created = Math.floor(deps.now() / 1_000)
  const by =
    (dialect: Refusing, handle: (call: Call) => Promise<Response> | never) =>
    ({ request, server }: Incoming) =>
      answered(deps, dialect, { request, server }, handle)

  return new Elysia({ prefix })
    .options("/*", preflight)
    .use(taskRoutes(deps, keepAlive))
    .post(
      "/chat/completions",
      by(openaiChat, (call) => chat(deps, keepAlive, openaiChat, call, readChatRequest)),
      { parse: "none" },
    )
    .post(
      "/messages",
      by(anthropicMessages, (call) =>
        chat(deps, keepAlive, anthropicMessages, call, (text) =>
          readMessagesRequest(text, call.request.headers),
        ),
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
    .get(
      "/models",
      by(openaiChat, (call) => models(deps, call, created)),
    )
    .get("/models/:model", ({ request, server, params }) =>
      answered(deps, openaiChat, { request, server }, (call) =>
        models(deps, call, created, decodeURIComponent(params.model)),
      ),
    )
    .get("/*", by(openaiChat, nothingAt))
    .all("/*", by(openaiChat, nothingAt))
}

/** Said for `get` apart: the web app's `/*` would come before an `all`. */
function nothingAt({ request }: Call): never {
  throw new AppError("route.not-found", { path: new URL(request.url).pathname })
}
