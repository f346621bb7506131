import type { Provider } from "@nio/adapters"
import { toPoints } from "../../contract/index.ts"
import { type Actor, groupsOf, isAnonymous, mayUse } from "../actor.ts"
import { holdFor } from "../billing/price.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { keySpending } from "../identity/key-spending.ts"
import type { Live, LiveChannel, Price } from "../live/live.ts"
import { isOpen } from "../price/is-open.ts"
import { serving } from "../routing/attempts.ts"
import { estimateInput } from "./estimate.ts"
import type { Ask } from "./generation.ts"
import { mediaExpected } from "./media-expected.ts"
import {
  does,
  isTask,
  outputExpected,
  requestsExpected,
  tokensGiven,
  type Work,
  wordsOf,
} from "./work.ts"

export type Admission = {
  channels: readonly LiveChannel[]
  price: Price
  amount: number
  /** Expected to go in and to come out. */
  tokens: { input: number; output: number }
}

const unbilled: Price = { type: "free", input: 0, output: 0, anonymous: false }

type Providers = ReadonlyMap<string, Provider>

/**
 * Who may ask, for what, and how much is set aside: decided from the live view alone.
 * @throws AppError `model.unknown`, `model.unfit`, `model.unpriced`, `model.members-only`, `input.invalid`,
 *   `key.model`, `key.group`
 */
export function admit(live: Live, providers: Providers, { actor, request }: Ask): Admission {
  const channels = able(channelsFor(live, actor, request.model), providers, request)
  const price = priceFor(live, actor, request.model)
  const tokens = expected(request)
  const whole = { ...tokens, ...mediaExpected(request) }
  const amount = price.type === "free" ? 0 : holdFor(price, whole, requestsExpected(request))
  return { channels, price, amount, tokens }
}

/** Those whose provider does what is asked. */
function able(channels: readonly LiveChannel[], providers: Providers, request: Work) {
  if (!isTask(request)) return channels
  const fit = channels.filter(({ provider }) => does(providers.get(provider), request))
  if (fit.length > 0) return fit
  throw new AppError("model.unfit", { model: request.model, task: request.kind })
}

/** The channels that offer it to this actor. */
function channelsFor(live: Live, actor: Actor, model: string): readonly LiveChannel[] {
  const groups = groupsOf(actor)
  if (!mayUse(actor, model)) throw new AppError("key.model", { model, allowed: allowedTo(actor) })
  const channels = serving(live, model, groups)
  if (channels.length > 0) return channels
  const elsewhere = actor.keyTerms ? serving(live, model, [actor.group]) : []
  if (elsewhere.length === 0) throw new AppError("model.unknown", { model })
  throw new AppError("key.group", { groups: actor.keyTerms?.limits.groups.join(", ") ?? "" })
}

const modelsNamedMax = 10

function allowedTo({ keyTerms }: Actor): string {
  const models = keyTerms?.limits.models ?? []
  const more = models.length > modelsNamedMax ? ", …" : ""
  return models.slice(0, modelsNamedMax).join(", ") + more
}

/**
 * A model without a price is nobody's to use but an administrator's, who uses it unbilled. Visitors
 * have only what is free and open to them.
 */
function priceFor(live: Live, actor: Actor, model: string): Price {
  const price = live.prices.get(model)
  if (price && isAnonymous(actor) && !isOpen(price))
    throw new AppError("model.members-only", { model })
  if (price) return price
  if (actor.isAdmin) return unbilled
  throw new AppError("model.unpriced", { model })
}

function expected(request: Work) {
  const input = estimateInput(wordsOf(request))
  if (input === undefined) throw new AppError("input.invalid", { detail: "nested too deeply" })
  return { input: input + tokensGiven(request), output: outputExpected(request) }
}

/**
 * Sets the points aside, so that parallel requests cannot overspend.
 * @throws AppError `points.insufficient`, `key.spent`
 */
export async function reserve(
  deps: Deps,
  ask: Ask,
  hold: Parameters<Deps["ledger"]["open"]>[0],
): Promise<void> {
  if (hold.amount === 0 || (await deps.ledger.open(hold))) return
  throw await insufficient(deps, ask, hold.amount)
}

/**
 * Whether points are there now, for what is done before they are set aside.
 * @throws AppError `points.insufficient`, `key.spent`
 */
export async function requireCover(deps: Deps, ask: Ask, amount: number): Promise<void> {
  if (amount === 0) return
  const available = await deps.ledger.available(ask.actor.userId)
  const key = await keySpending(deps, ask.actor)
  if (Math.min(available, key?.left ?? available) < amount)
    throw await insufficient(deps, ask, amount)
}

/** Whose points are too few: the key's, or its owner's. */
async function insufficient(
  deps: Deps,
  { actor, request: { model } }: Ask,
  amount: number,
): Promise<AppError> {
  const needed = toPoints(amount)
  const key = await keySpending(deps, actor)
  if (key && key.left < amount) {
    const [limit, left] = [toPoints(key.cap), toPoints(key.left)]
    return new AppError("key.spent", { model, limit, needed, left })
  }
  const available = toPoints(await deps.ledger.available(actor.userId))
  return new AppError("points.insufficient", { model, needed, available })
}
