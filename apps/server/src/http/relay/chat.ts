import type { Actor } from "../../core/actor.ts"
import type { Deps } from "../../core/deps.ts"
import { generate } from "../../core/generation/generate.ts"
import { answerBody } from "./answer-body.ts"
import { actorOf, type Call, headersOf } from "./call.ts"
import type { Asked, CallerDialect } from "./dialect.ts"
import type { KeepAlive } from "./keep-alive.ts"
import { readBody } from "./read-body.ts"

/** Answers a request for a chat in the dialect in which `read` understood it. */
export async function chat<Request extends Asked>(
  deps: Deps,
  keepAlive: KeepAlive,
  dialect: CallerDialect<Request>,
  call: Call,
  read: (text: string, headers: Headers) => Request,
): Promise<Response> {
  const actor = await actorOf(deps, call)
  return answer(deps, keepAlive, dialect, call, {
    actor,
    asked: read(await readBody(call.request), call.request.headers),
  })
}

/** Answers what has been read. */
export async function answer<Request extends Asked>(
  deps: Deps,
  keepAlive: KeepAlive,
  dialect: CallerDialect<Request>,
  call: Call,
  { actor, asked }: { actor: Actor; asked: Request },
): Promise<Response> {
  const { id, request, server, journey } = call
  server?.timeout(request, 0)
  const { signal } = request
  const ask = {
    id,
    actor,
    request: asked.request,
    source: "relay" as const,
    signal,
    trace: journey,
  }
  const generation = await (asked.begin ?? generate)(deps, ask)
  const body = await answerBody(deps, keepAlive, { dialect, asked, generation, journey })
  return new Response(body, {
    headers: {
      ...generation.headers,
      ...(asked.request.stream ? streamHeaders(streamTypeOf(dialect, asked)) : jsonHeaders),
      ...(generation.cache && { "x-cache": generation.cache }),
      ...droppedHeader(asked),
      ...headersOf(call),
    },
  })
}

/** Tells whoever looks why a tool is never used; nobody is refused an answer for it. */
function droppedHeader({ dropped }: Asked): Record<string, string> {
  const names = dropped?.().map((name) => name.replace(/[^\w.-]/g, "_")) ?? []
  return names.length > 0 ? { "x-dropped": [...new Set(names)].join(", ") } : {}
}

const jsonHeaders = { "content-type": "application/json; charset=utf-8" }

export const streamHeaders = (type: string) => ({
  "content-type": type,
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
})

const streamTypeOf = <Request extends Asked>(
  { streamType }: CallerDialect<Request>,
  asked: Request,
) => (typeof streamType === "function" ? streamType(asked) : streamType)
