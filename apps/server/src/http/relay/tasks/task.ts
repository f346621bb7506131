import type { TaskKind } from "@nio/adapters"
import type { Deps } from "../../../core/deps.ts"
import { generate } from "../../../core/generation/generate.ts"
import { actorOf, type Call, headersOf } from "../call.ts"
import { streamHeaders } from "../chat.ts"
import type { KeepAlive } from "../keep-alive.ts"
import { wantsEvents } from "./as-events.ts"
import { readTask } from "./read-task.ts"
import { isJson, taskBody } from "./task-body.ts"

const eventStream = "text/event-stream; charset=utf-8"

/** Does work other than chat for a program. */
export async function task(
  deps: Deps,
  keepAlive: KeepAlive,
  call: Call,
  kind: TaskKind,
): Promise<Response> {
  const { id, request, server, journey } = call
  const actor = await actorOf(deps, call)
  const asked = await readTask(request, kind)
  server?.timeout(request, 0)
  const { signal } = request
  const ask = { id, actor, request: asked, source: "relay" as const, signal, trace: journey }
  const generation = await generate(deps, ask)
  const body = await taskBody(deps, keepAlive, { asked, generation, request })
  return new Response(body, {
    headers: {
      ...generation.headers,
      ...((generation.stream || (isJson(generation) && wantsEvents(asked))) &&
        streamHeaders(eventStream)),
      ...headersOf(call),
    },
  })
}
