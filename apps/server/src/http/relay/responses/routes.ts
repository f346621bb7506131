import { Elysia } from "elysia"
import type { Deps } from "../../../core/deps.ts"
import { runHere } from "../../../core/responses/background.ts"
import { cancelResponse } from "../../../core/responses/cancel-response.ts"
import { deleteResponse } from "../../../core/responses/delete-response.ts"
import { findResponse } from "../../../core/responses/find-response.ts"
import { actorOf, answered, type Call, headersOf, type Incoming } from "../call.ts"
import { answer } from "../chat.ts"
import type { KeepAlive } from "../keep-alive.ts"
import { readBody } from "../read-body.ts"
import { follow } from "./follow.ts"
import { inBackground } from "./in-background.ts"
import { responses } from "./index.ts"
import { listInput } from "./input-items.ts"
import { readResponsesRequest } from "./read-request.ts"
import { remembered } from "./remember.ts"

/** The Responses API: answers, and those that are kept for the key that asked for them. */
export function responsesRoutes(deps: Deps, keepAlive: KeepAlive) {
  type Named = Incoming & { params: { id: string } }
  const by = (handle: (call: Call) => Promise<Response>) => (incoming: Incoming) =>
    answered(deps, responses, incoming, handle)
  const one = (handle: (call: Call, id: string) => Promise<Response>) => (incoming: Named) =>
    answered(deps, responses, incoming, (call) =>
      handle(call, decodeURIComponent(incoming.params.id)),
    )
  const said = (call: Call, body: object) => Response.json(body, { headers: headersOf(call) })

  async function create(call: Call): Promise<Response> {
    const actor = await actorOf(deps, call)
    const text = await readBody(call.request)
    const asked = await remembered(deps, actor, readResponsesRequest(text))
    if (!asked.fields.background) return answer(deps, keepAlive, responses, call, { actor, asked })
    const { response, run } = await inBackground(deps, call, { actor, asked })
    return asked.request.stream ? follow(keepAlive, call, run, 0) : said(call, response)
  }

  async function get(call: Call, id: string): Promise<Response> {
    const { body } = await findResponse(deps, await actorOf(deps, call), id)
    const { searchParams } = new URL(call.request.url)
    if (searchParams.get("stream") !== "true") return said(call, body)
    const after = Number(searchParams.get("starting_after") ?? -1)
    return follow(keepAlive, call, runHere(deps, id) ?? body, after + 1)
  }

  async function remove(call: Call, id: string): Promise<Response> {
    await deleteResponse(deps, await actorOf(deps, call), id)
    return said(call, { id, object: "response", deleted: true })
  }

  async function cancel(call: Call, id: string): Promise<Response> {
    return said(call, await cancelResponse(deps, await actorOf(deps, call), id))
  }

  async function inputItems(call: Call, id: string): Promise<Response> {
    const { input } = await findResponse(deps, await actorOf(deps, call), id)
    return said(call, listInput(id, input, new URL(call.request.url).searchParams))
  }

  return new Elysia()
    .post("/responses", by(create), { parse: "none" })
    .get("/responses/:id", one(get))
    .delete("/responses/:id", one(remove))
    .post("/responses/:id/cancel", one(cancel), { parse: "none" })
    .get("/responses/:id/input_items", one(inputItems))
}
