import { type Batch, UpstreamError } from "@nio/adapters"
import type { ChannelCost } from "../../contract/index.ts"
import type { UsageLine } from "../billing/ledger.ts"
import { upstreamCost } from "../billing/upstream-cost.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Live, Price } from "../live/live.ts"
import { metricsOf } from "../metrics/metrics.ts"
import { findPin, hasChoice, keepPin } from "../routing/sticky.ts"
import { ownersOf, rememberOwner } from "../routing/work-owner.ts"
import { inform, withoutPrefix } from "../search/inform.ts"
import { type Admission, admit, requireCover, reserve } from "./admit.ts"
import { recall, remembering, slotOf, unambiguous } from "./answer-cache.ts"
import { type Committed, firstToAnswer } from "./first-to-answer.ts"
import type { Ask, Bill, Generation } from "./generation.ts"
import { replay } from "./replay.ts"
import { billOf, progressOf, withBill } from "./settle.ts"
import { type Turn, takeTurn } from "./take-turn.ts"
import { noTies, tiesOf } from "./ties.ts"
import { meterOf, requestsDone } from "./work.ts"

/**
 * Answers one request, or does other work, and charges for it: the single path that chat and relay
 * share. Resolves with the first batch in hand; whichever way the caller leaves, the hold is settled
 * with what was delivered by then. What is told again from memory costs nothing.
 *
 * @throws AppError `model.unknown`, `model.unfit`, `model.unpriced`, `points.insufficient`, `rate.limited`,
 *   `upstream.refused`, `upstream.busy`, `upstream.unavailable`, `upstream.timeout`, `key.…`; the
 *   signal's reason
 */
export async function generate(deps: Deps, asked: Ask): Promise<Generation> {
  const live = deps.live.current()
  const plain = withoutPrefix(live, asked)
  const admission = { ask: plain, ...admit(live, deps.providers, plain) }
  const turn = await takeTurn(deps, live, plain, admission.tokens)
  const ready = await prepare(deps, live, admission).catch((error) => {
    giveBack(turn)
    throw error
  })
  const { ask, channels, price, amount, line, slot } = ready
  const { id } = ask
  if (ready.remembered) {
    giveBack(turn)
    return replay(deps, { id, line }, ready.remembered)
  }

  const account = openAccount(deps, ask, { id, held: amount > 0, price, line, turn })
  try {
    const sent = slot ? unambiguous(ask) : ask
    const ties = hasChoice(channels) ? tiesOf(ask) : noTies
    const known = await findPin(deps, ties.from)
    const owners = await ownersOf(deps, ask, channels)
    const candidates = { pin: known, ...owners, ...(ties.signed && known && { signedBy: known }) }
    const committed = await firstToAnswer(deps, sent, candidates, account.asks)
    keepPin(deps, ties.to, committed.attempt)
    account.answeredBy(committed)
    const { work } = committed.answer
    if (work !== undefined) rememberOwner(deps, ask, committed.attempt, work)
    const generation = createGeneration(id, asked, committed, account)
    // What others may go on from is one caller's.
    return slot && work === undefined ? remembering(deps, slot, generation) : generation
  } catch (error) {
    account.end(error)
    // Whoever tries again at once should find the points that were set aside.
    await account.bill
    throw error
  }
}

type Admitted = Admission & { ask: Ask }

/** The request as it will be asked, with its points set aside; or what is remembered of its answer. */
async function prepare(deps: Deps, live: Live, admission: Admitted) {
  const { ask, channels, price, amount } = await informed(deps, live, admission)
  const line = emptyLine(ask, price)
  const slot = slotOf(deps, live, ask)
  const remembered = slot && !ask.fresh ? await recall(deps, slot) : undefined
  if (!remembered)
    await reserve(deps, ask, { id: ask.id, accountId: ask.actor.userId, amount, usage: line })
  return { ask, channels, price, amount, line, slot, remembered }
}

/** Nothing is searched for whoever could not pay for an answer. */
async function informed(deps: Deps, live: Live, admission: Admitted): Promise<Admitted> {
  const { ask, amount } = admission
  if (!ask.search) return admission
  await requireCover(deps, ask, amount)
  const told = await inform(deps, live, ask)
  return { ask: told, ...admit(live, deps.providers, told) }
}

/** Nothing was asked of anybody. */
function giveBack(turn: Turn) {
  turn.leave()
  turn.settle(nothing)
}

type Account = ReturnType<typeof openAccount>
type Opened = { id: string; held: boolean; price: Price; line: UsageLine; turn: Turn }

/** Keeps the books of one generation from its hold to its settlement. */
function openAccount(deps: Deps, ask: Ask, { id, held, price, line: draft, turn }: Opened) {
  const startedAt = deps.now()
  const meter = meterOf(ask.request)
  let line = draft
  let costs: readonly ChannelCost[] = []
  let ended = false
  let resolveBill: (bill: Bill) => void
  const bill = new Promise<Bill>((resolve) => {
    resolveBill = resolve
  })

  const account = {
    meter,
    bill,
    attempts: () => line.attempts,
    asks() {
      line = { ...line, attempts: line.attempts + 1 }
    },
    answeredBy({ attempt: { channel, model } }: Committed) {
      const firstMs = deps.now() - startedAt
      line = { ...line, channelId: channel.id, upstreamModel: model, firstMs }
      costs = channel.costs
    },
    /** Part of a round over everything under way; see `createUnderway`. */
    checkpoint() {
      if (!held) return
      const soFar = progressOf(ask, meter, price)
      deps.ledger.checkpoint(id, soFar.charge, withBill(line, soFar))
    },
    /** Settles, once. `error` is what ended the answer, when something did. */
    end(error?: unknown) {
      if (ended) return
      ended = true
      turn.leave()
      void settle(error)
    },
  }

  /** Never rejects: it must not replace the error under way. A hold it cannot close expires by its checkpoint. */
  async function settle(error: unknown) {
    const totalMs = deps.now() - startedAt
    let due: Bill = { charge: 0, usage: nothing, usageFrom: "none" }
    try {
      due = await billOf(deps, ask, { meter, price, complete: error === undefined })
      turn.settle(due.usage)
      const finish = meter.finish() ?? null
      const cost = upstreamCost(
        costs,
        line.upstreamModel,
        due,
        requestsDone(ask.request, due.usage),
      )
      const usage = { ...withBill(line, due), ...outcomeOf(error, ask), cost, finish, totalMs }
      const charge = await deps.ledger.settle(id, { held, charge: due.charge, usage })
      metricsOf(deps).ended(usage, { charge, due: due.charge })
      due = { ...due, charge }
    } catch (cause) {
      deps.log.error("settlement failed; the hold will expire by its checkpoint", { id, cause })
    }
    deps.underway.remove(account)
    resolveBill(due)
  }

  deps.underway.add(account)
  return account
}

function createGeneration(
  id: string,
  ask: Ask,
  committed: Committed,
  account: Account,
): Generation {
  const { answer, attempt, opening } = committed
  let open = true
  if (opening.length === 0) finish()

  function see(batch: Batch | undefined) {
    if (batch) account.meter.see(batch)
    else finish()
    return batch
  }

  function finish(error?: unknown) {
    open = false
    committed.ended(error)
    account.end(error)
  }

  return {
    id,
    dialect: answer.dialect,
    stream: answer.stream,
    headers: answer.headers,
    channelId: attempt.channel.id,
    renamed: attempt.model !== ask.request.model,
    attempts: account.attempts(),
    bill: account.bill,
    async next() {
      if (!open) return undefined
      const said = opening.shift()
      if (said) return see(said)
      try {
        return see(await answer.next())
      } catch (error) {
        finish(error)
        throw interrupted(error, ask)
      }
    },
    close() {
      if (!open) return
      answer.close()
      finish(stopped)
    },
  }
}

const stopped = Symbol("stopped")
const nothing = { input: 0, output: 0 }

function interrupted(error: unknown, { signal }: Ask) {
  if (signal.aborted || !(error instanceof UpstreamError)) return error
  return new AppError("upstream.interrupted", { message: error.message }, error)
}

function outcomeOf(error: unknown, { signal }: Ask): Pick<UsageLine, "outcome" | "errorCode"> {
  if (error === undefined) return { outcome: "done", errorCode: null }
  if (error === stopped || signal.aborted) return { outcome: "stopped", errorCode: null }
  if (error instanceof UpstreamError)
    return { outcome: "failed", errorCode: "upstream.interrupted" }
  return { outcome: "failed", errorCode: AppError.from(error).code }
}

function emptyLine({ actor, request, source }: Ask, price: Price): UsageLine {
  return {
    userId: actor.userId,
    keyId: actor.keyId ?? null,
    ...(actor.keyTerms?.spendCap != null && { capped: true }),
    source,
    model: request.model,
    channelId: null,
    upstreamModel: null,
    attempts: 0,
    userGroup: actor.group,
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    reasoningTokens: 0,
    cacheWriteTokens: 0,
    audioTokens: 0,
    images: 0,
    usageFrom: "none",
    cost: 0,
    price,
    outcome: "done",
    errorCode: null,
    finish: null,
    firstMs: null,
    totalMs: 0,
  }
}
