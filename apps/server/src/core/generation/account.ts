import { UpstreamError } from "@nio/adapters"
import type { ChannelCost } from "../../contract/index.ts"
import type { UsageLine } from "../billing/ledger.ts"
import { upstreamCost } from "../billing/upstream-cost.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Price } from "../live/live.ts"
import { metricsOf } from "../metrics/metrics.ts"
import type { Committed } from "./first-to-answer.ts"
import type { Ask, Bill } from "./generation.ts"
import { billOf, nothing, progressOf, withBill } from "./settle.ts"
import type { Turn } from "./take-turn.ts"
import { whileActive } from "./while-active.ts"
import { meterOf, requestsDone } from "./work.ts"

export type Account = ReturnType<typeof openAccount>
type Opened = {
  id: string
  held: boolean
  /** The plan's item that pays, when one does. */
  planItem: string | null
  price: Price
  line: UsageLine
  turn: Turn
}

/** Keeps the books of one generation from its hold to its settlement. */
export function openAccount(deps: Deps, ask: Ask, opened: Opened) {
  const { id, held, planItem, price, line: draft, turn } = opened
  const startedAt = deps.now()
  const active = whileActive(deps, ask)
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
    /** Aborts when the caller gives up, and when their account ends. */
    signal: active.signal,
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
      active.leave()
      turn.leave()
      void settle(error)
    },
  }

  /** Never rejects: it must not replace the error under way. A hold it cannot close expires by its checkpoint. */
  async function settle(error: unknown) {
    const totalMs = deps.now() - startedAt
    let due: Bill = { charge: 0, usage: nothing, usageFrom: "none", plan: null }
    try {
      const bill = await billOf(deps, ask, { meter, price, complete: error === undefined })
      due = planItem === null ? bill : paidByPlan(bill, planItem)
      turn.settle(due.usage)
      const finish = meter.finish() ?? null
      const requests = requestsDone(ask.request, due.usage)
      const cost = upstreamCost(costs, line.upstreamModel, due, requests)
      const billed = withBill(line, due, requests)
      const usage = { ...billed, ...outcomeOf(error, ask), cost, finish, totalMs }
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

/** Points pay for nothing then; and nothing delivered takes no use of the plan. */
const paidByPlan = (bill: Bill, planItem: string): Bill => ({
  ...bill,
  charge: 0,
  plan: bill.usageFrom === "none" ? null : planItem,
})

/** How an answer ends that its caller no longer wants. */
export const stopped = Symbol("stopped")

function outcomeOf(error: unknown, { signal }: Ask): Pick<UsageLine, "outcome" | "errorCode"> {
  if (error === undefined) return { outcome: "done", errorCode: null }
  if (error === stopped || signal.aborted) return { outcome: "stopped", errorCode: null }
  if (error instanceof UpstreamError)
    return { outcome: "failed", errorCode: "upstream.interrupted" }
  return { outcome: "failed", errorCode: AppError.from(error).code }
}

/** What is known of a request before anybody has been asked. */
export function emptyLine({ actor, request, source }: Ask, price: Price): UsageLine {
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
    mediaMs: 0,
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
