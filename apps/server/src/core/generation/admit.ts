import type { Provider } from "@nio/adapters"
import { billing } from "@nio/db"
import { toPoints } from "../../contract/index.ts"
import { type Actor, groupsOf, isAnonymous, mayUse } from "../actor.ts"
import { holdFor } from "../billing/price.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { keySpending } from "../identity/key-spending.ts"
import type { Live, LiveChannel, Price } from "../live/live.ts"
import { coveringUse, planNotice } from "../plan/covering-use.ts"
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
  /** The use of a plan that pays instead of points, while there is one. */
  plan?: billing.PlanUse
  /** Expected to go in and to come out. */
  tokens: { input: number; output: number }
}

const unbilled: Price = { type: "free", input: 0, output: 0, anonymous: false }

type Providers = ReadonlyMap<string, Provider>

/**
 * Who may ask, for what, and what is to pay for it: decided from the live view alone.
 * @throws AppError `model.unknown`, `model.unfit`, `model.unpriced`, `model.members-only`, `input.invalid`,
 *   `key.model`, `key.group`
 */
export function admit(live: Live, providers: Providers, ask: Ask, now: number): Admission {
  const { actor, request } = ask
  const channels = able(channelsFor(live, actor, request.model), providers, request)
  const { price, plan } = funding(live, ask, now)
  const tokens = expected(request)
  const whole = { ...tokens, ...mediaExpected(request) }
  const amount = price.type === "free" ? 0 : holdFor(price, whole, requestsExpected(request))
  return { channels, price, amount, tokens, ...(plan && { plan }) }
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
 * A plan pays first, then points. What is free takes no use of a plan. A model without a price is
 * paid by the plan that lists it, by name, and by nothing else: its use is the price. Otherwise it is
 * nobody's but an administrator's, who uses it unbilled. Visitors have only what is free and open to them.
 */
function funding(
  live: Live,
  ask: Ask,
  now: number,
): { price: Price; plan?: billing.PlanUse | undefined } {
  const {
    actor,
    request: { model },
  } = ask
  const price = live.prices.get(model)
  if (price && isAnonymous(actor) && !isOpen(price))
    throw new AppError("model.members-only", { model })
  if (price?.type === "free") return { price }
  const plan = coveringUse(live, ask, now)
  if (price) return { price, plan }
  if (actor.isAdmin) return { price: unbilled }
  if (plan) return { price: unbilled, plan: { ...plan, only: true } }
  throw new AppError("model.unpriced", { model })
}

function expected(request: Work) {
  const input = estimateInput(wordsOf(request))
  if (input === undefined) throw new AppError("input.invalid", { detail: "nested too deeply" })
  return { input: input + tokensGiven(request), output: outputExpected(request) }
}

/**
 * Takes a use of the plan, or sets the points aside, so that parallel requests cannot overspend.
 * @returns what pays; nothing when nothing has to be paid
 * @throws AppError `points.insufficient`, `plan.exhausted`, `plan.used-up`, `key.spent`
 */
export async function reserve(
  deps: Deps,
  ask: Ask,
  hold: Parameters<Deps["ledger"]["open"]>[0],
): Promise<"plan" | "points" | undefined> {
  if (hold.amount === 0 && !hold.plan) return undefined
  const opened = await deps.ledger.open(hold)
  if (opened) return opened === "plan" ? "plan" : "points"
  throw await insufficient(deps, ask, hold)
}

type Needed = Pick<Admission, "amount" | "plan">

/**
 * Whether a use or points are there now, for what is done before they are taken.
 * @throws AppError `points.insufficient`, `plan.exhausted`, `plan.used-up`, `key.spent`
 */
export async function requireCover(deps: Deps, ask: Ask, { amount, plan }: Needed): Promise<void> {
  if (plan && (await billing.hasUse(deps.db, ask.actor.userId, plan))) return
  if (amount === 0 && !plan) return
  const available = await deps.ledger.available(ask.actor.userId)
  const key = await keySpending(deps, ask.actor)
  if (plan?.only || Math.min(available, key?.left ?? available) < amount)
    throw await insufficient(deps, ask, { amount, ...(plan && { plan }) })
}

/** Of what there is too little: uses of the plan, and points of the key, or of its owner. */
async function insufficient(deps: Deps, ask: Ask, { amount, plan }: Needed): Promise<AppError> {
  const {
    actor,
    request: { model },
  } = ask
  const exhausted = plan && planNotice(deps.live.current(), actor, plan, deps.now())
  if (plan?.only) return new AppError("plan.used-up", { model, ...exhausted })
  const needed = toPoints(amount)
  const key = await keySpending(deps, actor)
  if (key && key.left < amount) {
    const [limit, left] = [toPoints(key.cap), toPoints(key.left)]
    return new AppError("key.spent", { model, limit, needed, left })
  }
  const available = toPoints(await deps.ledger.available(actor.userId))
  if (exhausted) return new AppError("plan.exhausted", { model, needed, available, ...exhausted })
  return new AppError("points.insufficient", { model, needed, available })
}
