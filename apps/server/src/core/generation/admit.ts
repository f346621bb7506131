import type { Provider } from "@nio/adapters"
import { toPoints } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import { holdFor } from "../billing/price.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Live, LiveChannel, Price } from "../live/live.ts"
import { serving } from "../routing/attempts.ts"
import { estimateInput } from "./estimate.ts"
import type { Ask } from "./generation.ts"
import {
  does,
  isTask,
  outputExpected,
  requestsExpected,
  tokensGiven,
  type Work,
  wordsOf,
} from "./work.ts"

export type Admission = { channels: readonly LiveChannel[]; price: Price; amount: number }

const unbilled: Price = { type: "free", input: 0, output: 0, anonymous: false }

type Providers = ReadonlyMap<string, Provider>

/**
 * Who may ask, for what, and how much is set aside: decided from the live view alone.
 * @throws AppError `model.unknown`, `model.unfit`, `model.unpriced`, `input.invalid`
 */
export function admit(live: Live, providers: Providers, { actor, request }: Ask): Admission {
  const channels = able(serving(live, request.model, actor.group), providers, request)
  const price = priceFor(live, actor, request.model)
  if (price.type === "free") return { channels, price, amount: 0 }
  const amount = holdFor(price, expected(request), requestsExpected(request))
  return { channels, price, amount }
}

/** Those whose provider does what is asked. */
function able(channels: readonly LiveChannel[], providers: Providers, request: Work) {
  const { model } = request
  if (channels.length === 0) throw new AppError("model.unknown", { model })
  if (!isTask(request)) return channels
  const fit = channels.filter(({ provider }) => does(providers.get(provider), request))
  if (fit.length === 0) throw new AppError("model.unfit", { model, task: request.kind })
  return fit
}

/** A model without a price is nobody's to use but an administrator's, who uses it unbilled. */
function priceFor(live: Live, actor: Actor, model: string): Price {
  const price = live.prices.get(model)
  if (price) return price
  if (actor.isAdmin) return unbilled
  throw new AppError("model.unpriced", { model })
}

function expected(request: Work) {
  const input = estimateInput(wordsOf(request))
  if (input === undefined) throw new AppError("input.invalid", { detail: "nested too deeply" })
  return { input: input + tokensGiven(request), output: outputExpected(request) }
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
  ask: Ask,
  hold: Parameters<Deps["ledger"]["open"]>[0],
): Promise<void> {
  if (hold.amount === 0 || (await deps.ledger.open(hold))) return
  throw insufficient(ask, hold.amount, await deps.ledger.available(ask.actor.userId))
}

/** Whether points are there now, for what is done before they are set aside. @throws AppError `points.insufficient` */
export async function requireCover(deps: Deps, ask: Ask, amount: number): Promise<void> {
  if (amount === 0) return
  const available = await deps.ledger.available(ask.actor.userId)
  if (available < amount) throw insufficient(ask, amount, available)
}

const insufficient = ({ request: { model } }: Ask, needed: number, available: number) =>
  new AppError("points.insufficient", {
    model,
    needed: toPoints(needed),
    available: toPoints(available),
  })
