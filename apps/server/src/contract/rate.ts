import { z } from "zod"

/**
 * Micropoints per million tokens, or per request. Up to a billion points: far beyond any price, far
 * below 2^53.
 */
export const rate = z.int().min(0).max(1_000_000_000_000_000)
