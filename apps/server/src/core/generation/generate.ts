import type { Deps } from "../deps.ts"
import type { Ask, Generation } from "./generation.ts"

/**
 * Answers one request and charges for it: the single path that chat and relay share. Resolves with
 * the first batch in hand; whichever way the caller leaves, the hold is settled with what was
 * delivered by then.
 *
 * @throws AppError `model.unknown`, `model.unpriced`, `points.insufficient`, `rate.limited`,
 *   `upstream.refused`, `upstream.unavailable`, `upstream.timeout`
 */
export async function generate(_deps: Deps, _ask: Ask): Promise<Generation> {
  throw new Error("not built yet")
}
