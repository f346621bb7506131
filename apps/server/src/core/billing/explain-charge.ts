import type { Usage } from "@nio/adapters"
import { z } from "zod"
import { type ChargeFormula, type ChargeStep, priceDetails, rate } from "../../contract/index.ts"
import type { UsageLine } from "./ledger.ts"
import { exactly, longRates, roundedUp, sumOf, type Term, termsOf, whole } from "./terms.ts"

/** What the usage log keeps of a charge. `price` is read as the database has it. */
export type ChargedLine = Pick<
  UsageLine,
  | "usageFrom"
  | "inputTokens"
  | "outputTokens"
  | "cachedTokens"
  | "reasoningTokens"
  | "cacheWriteTokens"
  | "audioTokens"
  | "images"
  | "mediaMs"
> & { price: unknown }

/**
 * How a line of the usage log came to its charge, worked out anew from what the line keeps.
 * @returns undefined when its price is of a shape that nobody knows any more
 */
export function explainCharge(line: ChargedLine): ChargeFormula | undefined {
  const { data: price } = keptPrice.safeParse(line.price)
  if (!price) return undefined
  const usage = usageOf(line, price.audioOutput)
  const billed = line.usageFrom === "upstream" || line.usageFrom === "counted"
  const terms = billed ? termsOf(price, usage, price.requests) : []
  const sum = sumOf(terms)
  const total = roundedUp(sum)
  return {
    steps: terms.map(stepOf),
    longContext: price.type === "per-token" && longRates(price, whole(usage.input)) !== undefined,
    sum: inPoints(sum),
    rounding: inPoints(BigInt(total) * 1_000_000n - sum),
    total,
  }
}

/** The price of a line, with what its columns leave open: see `PriceKept`. */
const keptPrice = z.object({
  type: z.enum(["free", "per-request", "per-token"]),
  input: rate,
  output: rate,
  details: priceDetails.nullish(),
  requests: z.int().min(1).catch(1),
  audioOutput: z.int().min(0).catch(0),
})

const usageOf = (line: ChargedLine, audioOutput: number): Usage => ({
  input: line.inputTokens,
  output: line.outputTokens,
  cachedInput: line.cachedTokens,
  cacheWriteInput: line.cacheWriteTokens,
  reasoning: line.reasoningTokens,
  audioInput: line.audioTokens - audioOutput,
  audioOutput,
  images: line.images,
  mediaMs: line.mediaMs,
})

const stepOf = (term: Term): ChargeStep => ({
  what: term.what,
  units: Number(term.units) / (term.per === 1_000 ? 1_000 : 1),
  rate: term.rate,
  per: term.per === 1_000_000 ? 1_000_000 : 1,
  subtotal: inPoints(exactly(term)),
})

/** Millionths of a micropoint are 10^-12 points. */
const places = 12

function inPoints(millionths: bigint): string {
  const sign = millionths < 0n ? "-" : ""
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(places + 1, "0")
  const fraction = digits.slice(-places).replace(/0+$/, "")
  return sign + digits.slice(0, -places) + (fraction && `.${fraction}`)
}
