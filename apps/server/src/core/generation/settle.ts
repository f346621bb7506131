import type { Usage } from "@nio/adapters"
import type { UsageLine } from "../billing/ledger.ts"
import { costOf } from "../billing/price.ts"
import type { Deps } from "../deps.ts"
import type { Price } from "../live/live.ts"
import { estimateInput } from "./estimate.ts"
import type { Ask, Bill } from "./generation.ts"
import type { Meter } from "./meter.ts"
import { requestsDone, tokensGiven, wordsOf } from "./work.ts"

/** `complete` is false for an answer that was broken off, by whomever. */
type Ended = { meter: Meter; price: Price; complete: boolean }

export const nothing: Usage = { input: 0, output: 0 }

/**
 * What is due for what was delivered: by the upstream's count when it sent one, else by ours.
 * Nothing delivered costs nothing, whatever the upstream did.
 */
export async function billOf(deps: Deps, ask: Ask, ended: Ended): Promise<Bill> {
  const { meter, price, complete } = ended
  const reported = meter.reported()
  const surelyDelivered = complete && reported !== undefined && reported.output > 0
  if (!surelyDelivered && !meter.delivered()) {
    return { charge: 0, usage: nothing, usageFrom: "none", plan: null }
  }
  const told = reported !== undefined && reported.input + reported.output > 0
  const usage = told ? reported : { ...reported, ...(await counted(deps, ask, meter)) }
  const charge = costOf(price, usage, requestsDone(ask.request, usage))
  return { charge, usage, usageFrom: told ? "upstream" : "counted", plan: null }
}

async function counted(deps: Deps, { request }: Ask, meter: Meter): Promise<Usage> {
  const [input, output] = await Promise.all([
    deps.tokens.count(inputText(wordsOf(request))),
    deps.tokens.count(meter.text()),
  ])
  return { input: input + tokensGiven(request), output }
}

/** Every string of the request, so that what was asked can be counted; binary parts left out. */
export function inputText(body: unknown): string {
  const words: string[] = []
  JSON.stringify(body, (_, value) => {
    if (typeof value === "string" && !value.startsWith("data:")) words.push(value)
    return value
  })
  return words.join("\n")
}

/** What a checkpoint notes while an answer goes on: rough, on the low side of a full count. */
export function progressOf({ request }: Ask, meter: Meter, price: Price): Bill {
  const output = meter.progress()
  if (!meter.delivered()) return { charge: 0, usage: nothing, usageFrom: "none", plan: null }
  const input = (estimateInput(wordsOf(request)) ?? 0) + tokensGiven(request)
  const usage = { input, output }
  return { charge: costOf(price, usage), usage, usageFrom: "counted", plan: null }
}

export function withBill(line: UsageLine, { usage, usageFrom }: Bill, requests = 1): UsageLine {
  return {
    ...line,
    price: {
      ...line.price,
      ...(requests > 1 && { requests }),
      ...(usage.audioOutput && { audioOutput: usage.audioOutput }),
    },
    inputTokens: usage.input,
    outputTokens: usage.output,
    cachedTokens: usage.cachedInput ?? 0,
    reasoningTokens: usage.reasoning ?? 0,
    cacheWriteTokens: usage.cacheWriteInput ?? 0,
    audioTokens: (usage.audioInput ?? 0) + (usage.audioOutput ?? 0),
    images: usage.images ?? 0,
    mediaMs: usage.mediaMs ?? 0,
    usageFrom,
  }
}
