import { z } from "zod"
import { modelName } from "../../contract/index.ts"

const usd = z.number().min(0).max(1_000_000)
const million = { input: usd, output: usd, cachedInput: usd.optional() }

/**
 * A line of the price list that comes with this program: US dollars per million tokens, per picture
 * or request in `request`, or per `second`.
 */
export const listedPrice = z.object({
  model: modelName,
  provider: z.string(),
  /** What the model does: `chat`, `embedding`, `image`, … */
  mode: z.string(),
  input: usd.optional(),
  output: usd.optional(),
  cachedInput: usd.optional(),
  cacheWrite: usd.optional(),
  longContext: z.object({ aboveTokens: z.int().min(1), ...million }).optional(),
  request: usd.optional(),
  second: usd.optional(),
  /** What the numbers leave out. */
  note: z.string().optional(),
  /** Where the price was read, and when. */
  source: z.string(),
  asOf: z.string(),
})
export type ListedPrice = z.infer<typeof listedPrice>
