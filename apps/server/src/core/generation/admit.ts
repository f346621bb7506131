import type { ChatRequest } from "@nio/adapters"
import { toPoints } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import { holdFor } from "../billing/price.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Live, LiveChannel, Price } from "../live/live.ts"
import { serving } from "../routing/attempts.ts"
import { estimateInput } from "./estimate.ts"
import type { Ask } from "./generation.ts"

/** What an answer is taken to be long when the caller sets no limit. */
const outputTokensAssumed = 1_000

export type Admission = { channels: readonly LiveChannel[]; price: Price; amount: number }

const unbilled: Price = { type: "free", input: 0, output: 0, anonymous: false }

/**
 * Who may ask, for what, and how much is set aside: decided from the live view alone.
 * @throws AppError `model.unknown`, `model.unpriced`, `input.invalid`
 */
export function admit(live: Live, { actor, request }: Ask): Admission {
  const channels = serving(live, request.model, actor.group)
  if (channels.length === 0) throw new AppError("model.unknown", { model: request.model })
  const price = priceFor(live, actor, request.model)
  return { channels, price, amount: price.type === "free" ? 0 : holdFor(price, expected(request)) }
}

/** A model without a price is nobody's to use but an administrator's, who uses it unbilled. */
function priceFor(live: Live, actor: Actor, model: string): Price {
  const price = live.prices.get(model)
  if (price) return price
  if (actor.isAdmin) return unbilled
  throw new AppError("model.unpriced", { model })
}

function expected({ native, messages, maxTokens, choices = 1 }: ChatRequest) {
  const input = estimateInput(native ? native.body : messages)
  if (input === undefined) throw new AppError("input.invalid", { detail: "nested too deeply" })
  return { input, output: (maxTokens ?? outputTokensAssumed) * choices }
}

/** @throws AppError `rate.limited` */
export async function limitRate({ kv }: Deps, live: Live, actor: Actor): Promise<void> {
  const perMinute = live.settings["limits.requestsPerMinute"]
  if (perMinute === 0) return
  const bucket = { capacity: perMinute, perSecond: perMinute / 60 }
  const waitMs = await kv.spend(`rate:${actor.userId}`, bucket)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
}

/** Sets the points aside, so that parallel requests cannot overspend. @throws AppError `points.insufficient` */
export async function reserve(
  deps: Deps,
  { actor, request }: Ask,
  hold: Parameters<Deps["ledger"]["open"]>[0],
): Promise<void> {
  if (hold.amount === 0 || (await deps.ledger.open(hold))) return
  throw new AppError("points.insufficient", {
    model: request.model,
    needed: toPoints(hold.amount),
    available: toPoints(await deps.ledger.available(actor.userId)),
  })
}
