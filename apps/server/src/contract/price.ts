import { z } from "zod"
import { modelName } from "./model-name.ts"
import { rate } from "./rate.ts"

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
})
export type PriceRule = z.infer<typeof priceRule>
export type PriceView = PriceRule & { id: string; position: number; updatedAt: number }
