import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { generate } from "../../core/generation/generate.ts"
import { actorFromKey } from "../../core/identity/actor-of.ts"
import { listModels } from "../../core/model/list-models.ts"
import { openHeaders, preflight } from "./cors.ts"
import { createKeepAlive } from "./keep-alive.ts"
import { answerBody } from "./openai/answer.ts"
import { statusOf, wireError } from "./openai/errors.ts"
import { readChatRequest } from "./openai/read-request.ts"
import { readBody } from "./read-body.ts"

type Server = { timeout(request: Request, seconds: number): void } | null

/** The API that programs speak. Its errors have OpenAI's shape, and it is open to every origin. */
export function relay(deps: Deps) {
  const keepAlive = createKeepAlive()
  const created = Math.floor(deps.now() / 1_000)
  return new Elysia({ name: "relay", prefix: "/v1" })
    .options("/*", preflight)
    .post(
      "/chat/completions",
      ({ request, server }) =>
        answered(deps, request, (id) => chatCompletion(deps, keepAlive, request, server, id)),
      { parse: "none" },
    )
    .get("/models", ({ request }) =>
      answered(deps, request, (id) => models(deps, request, id, created)),
    )
    .get("/models/:model", ({ request, params }) =>
      answered(deps, request, (id) =>
        models(deps, request, id, created, decodeURIComponent(params.model)),
      ),
    )
    .get("/*", ({ request }) => answered(deps, request, () => nothingAt(request)))
    .all("/*", ({ request }) => answered(deps, request, () => nothingAt(request)))
}

/** Said for `get` apart: the web app's `/*` would come before an `all`. */
function nothingAt({ url }: Request): never {
  throw new AppError("route.not-found", { path: new URL(url).pathname })
}

/** Runs a handler; whatever it throws becomes an error of OpenAI's shape. */
async function answered(
  deps: Deps,
  request: Request,
  handle: (requestId: string) => Promise<Response> | never,
): Promise<Response> {
  const requestId = deps.newId()
  try {
    return await handle(requestId)
  } catch (cause) {
    const error = request.signal.aborted ? new AppError("request.abandoned") : AppError.from(cause)
    deps.log[error.code === "internal" ? "error" : "info"]("refused", {
      requestId,
      code: error.code,
      cause: error.cause,
    })
    return Response.json(wireError(error), {
      status: statusOf(error),
      headers: errorHeaders(error, requestId),
    })
  }
}

function errorHeaders({ params }: AppError, requestId: string): Record<string, string> {
  const retry = typeof params.seconds === "number" ? { "retry-after": String(params.seconds) } : {}
  return { ...openHeaders, ...retry, "x-request-id": requestId }
}

async function chatCompletion(
  deps: Deps,
  keepAlive: ReturnType<typeof createKeepAlive>,
  request: Request,
  server: Server,
  requestId: string,
): Promise<Response> {
  const actor = await actorFromKey(deps, keyOf(request))
  const asked = readChatRequest(await readBody(request))
  server?.timeout(request, 0)
  const generation = await generate(deps, {
    id: requestId,
    actor,
    request: asked.request,
    source: "relay",
    signal: request.signal,
  })
  const body = await answerBody(deps, keepAlive, generation, asked)
  return new Response(body, {
    headers: {
      ...generation.headers,
      ...(asked.request.stream ? streamHeaders : jsonHeaders),
      ...openHeaders,
      "x-request-id": requestId,
      "x-attempts": String(generation.attempts),
    },
  })
}

const jsonHeaders = { "content-type": "application/json; charset=utf-8" }
const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
}

/** Where the clients of the various dialects put their key. */
function keyOf({ headers }: Request): string {
  const authorization = headers.get("authorization")
  if (authorization !== null) return authorization.replace(/^bearer /i, "")
  return headers.get("x-api-key") ?? headers.get("api-key") ?? ""
}

async function models(
  deps: Deps,
  request: Request,
  requestId: string,
  created: number,
  only?: string,
) {
  const actor = await actorFromKey(deps, keyOf(request))
  const data = listModels(deps, actor).map(({ id }) => ({
    id,
    object: "model",
    created,
    owned_by: "system",
  }))
  const headers = { ...openHeaders, "x-request-id": requestId }
  if (only === undefined) return Response.json({ object: "list", data }, { headers })
  const model = data.find(({ id }) => id === only)
  if (!model) throw new AppError("model.unknown", { model: only })
  return Response.json(model, { headers })
}
