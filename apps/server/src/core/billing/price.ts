import type { Usage } from "@nio/adapters"
import type { Micropoints } from "../../contract/index.ts"
import type { Price } from "../live/live.ts"

/** Rates are micropoints per this many tokens. */
const rateTokens = 1_000_000n

type Rates = Pick<Price, "type" | "input" | "output">
type Tokens = Pick<Usage, "input" | "output">

/**
 * What one answer costs, rounded once, upward, so that nothing is given away a fraction at a time.
 * The product is made in `bigint`: tokens times a rate can leave the range in which numbers are exact.
 * Several pictures made at once are as many `requests`.
 */
export function costOf(price: Rates, { input, output }: Tokens, requests = 1): Micropoints {
  if (price.type === "free") return 0
  if (price.type === "per-request") return exact(BigInt(price.output) * whole(requests))
  return perMillion([
    [price.input, input],
    [price.output, output],
  ])
}

/** The sum of rates times tokens, rounded up once. */
export function perMillion(
  items: readonly (readonly [rate: Micropoints, tokens: number])[],
): Micropoints {
  let product = 0n
  for (const [rate, tokens] of items) product += BigInt(rate) * whole(tokens)
  return exact((product + rateTokens - 1n) / rateTokens)
}

const exact = (cost: bigint): Micropoints =>
  cost > maxExact ? Number.MAX_SAFE_INTEGER : Number(cost)

/** Tokens are what an upstream says they are, so they may be anything. */
const whole = (tokens: number): bigint =>
  tokens > 0 ? BigInt(Math.min(Math.ceil(tokens), Number.MAX_SAFE_INTEGER)) : 0n

const maxExact = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * What an account must have before a request may start: the price of one request, or that of a
 * thousand tokens in and a thousand out.
 */
export const minimumOf = (price: Rates): Micropoints =>
  costOf(price, { input: 1_000, output: 1_000 })

/** What is set aside for an answer of the expected size. */
export const holdFor = (price: Rates, expected: Tokens, requests?: number): Micropoints =>
  Math.max(minimumOf(price), costOf(price, expected, requests))
