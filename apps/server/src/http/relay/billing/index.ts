import { Elysia } from "elysia"
import type { Deps } from "../../../core/deps.ts"
import { getSpending, type Spending } from "../../../core/user/get-spending.ts"
import { actorOf, answered, type Call, headersOf } from "../call.ts"
import { preflight } from "../cors.ts"
import { openaiChat } from "../openai/index.ts"
import { periodOf } from "./period.ts"
import { creditGrants, subscription, usage } from "./shapes.ts"

/** Where programs look for their balance: in `/v1`, also by a shorter name, and beside it. */
const folders = ["/v1/dashboard/billing", "/v1/billing", "/dashboard/billing"]

export function billingRoutes(deps: Deps, prefix: string) {
  const app = new Elysia({ prefix })
  for (const folder of folders)
    for (const [name, shape] of Object.entries(shapes))
      app
        .options(`${folder}/${name}`, preflight)
        .get(`${folder}/${name}`, ({ request, server }) =>
          answered(deps, openaiChat, { request, server }, (call) => tell(deps, call, shape)),
        )
  return app
}

type Shape = { of: (spending: Spending) => object; inPeriod?: true }

const shapes: Record<string, Shape> = {
  subscription: { of: subscription },
  usage: { of: usage, inPeriod: true },
  credit_grants: { of: creditGrants },
}

async function tell(deps: Deps, call: Call, { of, inPeriod }: Shape): Promise<Response> {
  const actor = await actorOf(deps, call)
  const period = inPeriod ? periodOf(new URL(call.request.url).searchParams) : undefined
  const spending = await getSpending(deps, actor, period)
  return Response.json(of(spending), { headers: headersOf(call) })
}
