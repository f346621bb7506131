import { z } from "zod"

/** A billion points: far beyond any price, far below 2^53. */
export const rateMax = 1_000_000_000_000_000

/** Micropoints per million tokens, or per request. */
export const rate = z.int().min(0).max(rateMax)
