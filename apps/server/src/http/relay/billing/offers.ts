import { Elysia } from "elysia"
import { toPoints } from "../../../contract/index.ts"
import type { Deps } from "../../../core/deps.ts"
import type { Live } from "../../../core/live/live.ts"
import { listMarket, type MarketEntry } from "../../../core/market/list-market.ts"
import { type Charge, listCharges } from "../../../core/price/list-charges.ts"
import { answered, headersOf } from "../call.ts"
import { openaiChat } from "../openai/index.ts"

/** What is on offer, for everybody: other sites take prices over from here. */
export function offerRoutes(deps: Deps) {
  const app = new Elysia()
  for (const [path, list] of Object.entries(lists))
    app.get(path, ({ request, server }) =>
      answered(deps, openaiChat, { request, server }, async (call) =>
        Response.json(await list(deps), { headers: headersOf(call) }),
      ),
    )
  return app
}

/** Without a market that is set up, its list is empty, as that of plans is while they are off. */
const lists: Record<string, (deps: Deps) => unknown[] | Promise<unknown[]>> = {
  "/charge": (deps) => listCharges(deps).map(rule),
  "/market": async (deps) => (await listMarket(deps)).map(shown),
  "/plans": ({ live }) => offeredPlans(live.current()),
}

/** As Chat Nio writes it. */
const shown = ({ model: id, highContext, tags: tag, ...entry }: MarketEntry) => ({
  id,
  ...entry,
  high_context: highContext,
  tag,
})

/** As Chat Nio writes them: ten points are a CNY. */
const offeredPlans = ({ plans, settings }: Live) =>
  settings["plans.enabled"]
    ? [...plans.values()].map(({ level, price, items }) => ({
        level,
        price: toPoints(price) / pointsPerCny,
        items: items.map(({ quota: value, ...item }) => ({ ...item, value })),
      }))
    : []
const pointsPerCny = 10

const types: Record<Charge["type"], string> = {
  free: "non-billing",
  "per-request": "times-billing",
  "per-token": "token-billing",
}

/** Rates are micropoints per million tokens; programs know points per thousand. */
const perThousand = 1_000_000_000

/**
 * As Chat Nio writes a rule: points per thousand tokens, or in `output` per request. Details are ours,
 * as the contract has them, and so in micropoints.
 */
const rule = ({ type, models, input, output, anonymous, details }: Charge, at: number) => ({
  id: at + 1,
  type: types[type],
  models,
  input: input / perThousand,
  output: type === "per-request" ? toPoints(output) : output / perThousand,
  anonymous,
  ...(details && { details }),
})
