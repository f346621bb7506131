import type { Usage } from "@nio/adapters"
import type { ChargedFor, Micropoints } from "../../contract/index.ts"
import type { Price } from "../live/live.ts"

export type Rates = Pick<Price, "type" | "input" | "output" | "details">

/** One product of the sum that is a charge: `units × rate ÷ per` micropoints. */
export type Term = {
  what: ChargedFor
  /** Tokens, requests or pictures; of `second`, milliseconds. */
  units: bigint
  rate: Micropoints
  per: 1 | 1_000 | 1_000_000
}

const perToken = 1_000_000
const perMs = 1_000

/**
 * The products a charge is the sum of: none for what is free, one for a request, and for tokens one
 * for each part that has a rate of its own. Parts are taken from the whole in turn and never exceed
 * it, whatever an upstream says: what is cached, then what is written to the cache, then what is
 * audio; what thinks, then what is audio.
 */
export function termsOf(price: Rates, usage: Usage, requests = 1): Term[] {
  if (price.type === "free") return []
  if (price.type === "per-request")
    return [{ what: "request", units: whole(requests), rate: price.output, per: 1 }]

  const { details } = price
  const input = whole(usage.input)
  const output = whole(usage.output)
  if (!details) return [tokens("input", input, price.input), tokens("output", output, price.output)]

  const long = longRates(price, input)
  const rates = long ?? price
  return [
    ...parts(tokens("input", input, rates.input), [
      ["cachedInput", usage.cachedInput, long?.cachedInput ?? details.cachedInput],
      ["cacheWrite", usage.cacheWriteInput, details.cacheWrite],
      ["audioInput", usage.audioInput, details.audioInput],
    ]),
    ...parts(tokens("output", output, rates.output), [
      ["reasoning", usage.reasoning, details.reasoning],
      ["audioOutput", usage.audioOutput, details.audioOutput],
    ]),
    ...counted("image", usage.images, details.image, 1),
    ...counted("second", usage.mediaMs, details.second, perMs),
  ]
}

/** The rates of a request so long that others hold for it. */
export function longRates({ details }: Rates, input: bigint) {
  const long = details?.longContext
  return long && input > BigInt(long.aboveTokens) ? long : undefined
}

/** In millionths of a micropoint, in which every product is whole. */
export const exactly = ({ units, rate, per }: Term): bigint =>
  units * BigInt(rate) * BigInt(perToken / per)

export const sumOf = (terms: readonly Term[]): bigint =>
  terms.reduce((sum, term) => sum + exactly(term), 0n)

/** Millionths of a micropoint, as whole micropoints; what is beyond counting is the most there is. */
export function roundedUp(millionths: bigint): Micropoints {
  const cost = (millionths + 999_999n) / 1_000_000n
  return cost > maxExact ? Number.MAX_SAFE_INTEGER : Number(cost)
}

const maxExact = BigInt(Number.MAX_SAFE_INTEGER)

const tokens = (what: ChargedFor, units: bigint, rate: Micropoints): Term => ({
  what,
  units,
  rate,
  per: perToken,
})

type Part = readonly [ChargedFor, number | undefined, Micropoints | undefined]

/** Takes the parts that have a rate out of the whole, which comes first and keeps the rest. */
function parts(all: Term, own: readonly Part[]): Term[] {
  let rest = all.units
  const taken = own.flatMap(([what, told, rate]) => {
    if (rate === undefined) return []
    const units = least(whole(told), rest)
    rest -= units
    return units > 0n ? [tokens(what, units, rate)] : []
  })
  return [{ ...all, units: rest }, ...taken]
}

function counted(
  what: ChargedFor,
  told: number | undefined,
  rate: Micropoints | undefined,
  per: Term["per"],
): Term[] {
  const units = whole(told)
  return rate === undefined || units === 0n ? [] : [{ what, units, rate, per }]
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)

/** Counts are what an upstream says they are, so they may be anything. */
export const whole = (count: number | undefined): bigint =>
  typeof count === "number" && count > 0
    ? BigInt(Math.min(Math.ceil(count), Number.MAX_SAFE_INTEGER))
    : 0n
