import type { ChatRequest } from "@nio/adapters"
import type { Deps } from "../../core/deps.ts"
import { countTokens } from "../../core/generation/count-tokens.ts"
import { actorOf, type Call, headersOf } from "./call.ts"
import { readBody } from "./read-body.ts"

/** Tells how many tokens a request is. */
export async function count(
  deps: Deps,
  call: Call,
  read: (text: string) => ChatRequest,
  say: (tokens: number) => object,
): Promise<Response> {
  const { id, request } = call
  const actor = await actorOf(deps, call)
  const asked = read(await readBody(request))
  const work = countTokens(deps, { id, actor, request: asked, signal: request.signal })
  const tokens = await call.journey.waitFor(work)
  return Response.json(say(tokens), { headers: headersOf(call) })
}
