import { market } from "@nio/db"
import { z } from "zod"
import type { Deps } from "../deps.ts"

const stored = z.object({
  name: z.string().catch(""),
  description: z.string().catch(""),
  default: z.boolean().catch(false),
  highContext: z.boolean().catch(false),
  avatar: z.string().catch(""),
  tags: z.array(z.string()).catch([]),
})
/** How a model is shown. */
export type MarketEntry = z.infer<typeof stored> & { model: string }

/** The models as the operator shows them, for everybody. */
export async function listMarket({ db }: Deps): Promise<MarketEntry[]> {
  const rows = await market.list(db)
  return rows.map(({ model, entry }) => ({ model, ...stored.parse(entry ?? {}) }))
}
