import { type Batch, UpstreamError } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Live } from "../live/live.ts"
import { findPin, hasChoice, keepPin } from "../routing/sticky.ts"
import { ownersOf, rememberOwner } from "../routing/work-owner.ts"
import { inform, withoutPrefix } from "../search/inform.ts"
import { type Account, emptyLine, openAccount, stopped } from "./account.ts"
import { type Admission, admit, requireCover, reserve } from "./admit.ts"
import { recall, remembering, slotOf, unambiguous } from "./answer-cache.ts"
import { type Committed, firstToAnswer } from "./first-to-answer.ts"
import type { Ask, Generation } from "./generation.ts"
import { replay } from "./replay.ts"
import { nothing } from "./settle.ts"
import { type Turn, takeTurn } from "./take-turn.ts"
import { noTies, tiesOf } from "./ties.ts"

/**
 * Answers one request, or does other work, and charges for it: the single path that chat and relay
 * share. Resolves with the first batch in hand; whichever way the caller leaves, the hold is settled
 * with what was delivered by then. What is told again from memory costs nothing.
 *
 * @throws AppError `model.unknown`, `model.unfit`, `model.unpriced`, `model.members-only`,
 *   `points.insufficient`, `plan.exhausted`, `plan.used-up`, `rate.limited`, `upstream.refused`, `upstream.busy`, `upstream.unavailable`, `upstream.timeout`, `key.…`; the
 *   signal's reason
 */
export async function generate(deps: Deps, asked: Ask): Promise<Generation> {
  const live = deps.live.current()
  const plain = withoutPrefix(live, asked)
  const admission = { ask: plain, ...admit(live, deps.providers, plain, deps.now()) }
  const turn = await takeTurn(deps, live, plain, admission.tokens)
  const ready = await prepare(deps, live, admission).catch((error) => {
    giveBack(turn)
    throw error
  })
  const { ask, channels, price, plan, paidBy, line, slot } = ready
  const { id } = ask
  if (ready.remembered) {
    giveBack(turn)
    return replay(deps, { id, line }, ready.remembered)
  }

  const held = paidBy !== undefined
  const planItem = paidBy === "plan" && plan ? plan.item : null
  const account = openAccount(deps, ask, { id, held, planItem, price, line, turn })
  try {
    const sent = { ...(slot ? unambiguous(ask) : ask), signal: account.signal }
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

/** The request as it will be asked, and what pays for it set aside; or what is remembered of its answer. */
async function prepare(deps: Deps, live: Live, admission: Admitted) {
  const { ask, channels, price, amount, plan } = await informed(deps, live, admission)
  const line = emptyLine(ask, price)
  const slot = slotOf(deps, live, ask)
  const remembered = slot && !ask.fresh ? await recall(deps, slot) : undefined
  const hold = {
    id: ask.id,
    accountId: ask.actor.userId,
    amount,
    usage: line,
    ...(plan && { plan }),
  }
  const paidBy = remembered ? undefined : await reserve(deps, ask, hold)
  return { ask, channels, price, plan, paidBy, line, slot, remembered }
}

/** Nothing is searched for whoever could not pay for an answer. */
async function informed(deps: Deps, live: Live, admission: Admitted): Promise<Admitted> {
  const { ask } = admission
  if (!ask.search) return admission
  await requireCover(deps, ask, admission)
  const told = await inform(deps, live, ask)
  return { ask: told, ...admit(live, deps.providers, told, deps.now()) }
}

/** Nothing was asked of anybody. */
function giveBack(turn: Turn) {
  turn.leave()
  turn.settle(nothing)
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

function interrupted(error: unknown, { signal }: Ask) {
  if (signal.aborted || !(error instanceof UpstreamError)) return error
  return new AppError("upstream.interrupted", { message: error.message }, error)
}
