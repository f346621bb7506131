import { z } from "zod"
import { modelName } from "./model-name.ts"
import { rate } from "./rate.ts"

/**
 * Prices that few models have. Token rates are micropoints per million tokens, and each holds for a
 * part of what `input` or `output` is the price of otherwise; pictures and seconds come on top.
 */
export const priceDetails = z.object({
  /** Input that the upstream had in its cache. */
  cachedInput: rate.optional(),
  /** Input that the upstream put into its cache. */
  cacheWrite: rate.optional(),
  /** Output that is thinking. */
  reasoning: rate.optional(),
  audioInput: rate.optional(),
  audioOutput: rate.optional(),
  /** Micropoints per picture made. */
  image: rate.optional(),
  /** Micropoints per second of what is made or heard, where the upstream tells how long that is. */
  second: rate.optional(),
  /** Rates for the whole of a request that is longer than that. Without a `cachedInput` of its own, the one above holds. */
  longContext: z
    .object({
      aboveTokens: z.int().min(1).max(100_000_000),
      input: rate,
      output: rate,
      cachedInput: rate.optional(),
    })
    .optional(),
})
export type PriceDetails = z.infer<typeof priceDetails>

/**
 * A price rule. `input` and `output` are micropoints per million tokens for `per-token`; for
 * `per-request`, `output` is micropoints per request and `input` is 0.
 */
export const priceRule = z.object({
  type: z.enum(["free", "per-request", "per-token"]),
  models: z.array(modelName).min(1).max(2_000),
  input: rate,
  output: rate,
  /** Whether people who are not signed in may use the model; only free ones. */
  anonymous: z.boolean(),
  /** Of `per-token` only. */
  details: priceDetails.nullish(),
})
export type PriceRule = z.infer<typeof priceRule>
export type PriceView = PriceRule & { id: string; position: number; updatedAt: number }
