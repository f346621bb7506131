import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { nodeState } from "../node-state.ts"

/** How long a repeat of a request is recognised. */
const rememberedMs = 3_600_000

const underway = nodeState(() => new Map<string, Promise<string>>())

/**
 * Does something a browser may ask for again because it never heard the answer.
 *
 * @returns what the first one returned, and whether this one was it
 */
export async function once(
  deps: Deps,
  { userId }: Actor,
  requestId: string,
  work: () => Promise<string>,
): Promise<{ result: string; first: boolean }> {
  const key = `once:${userId}:${requestId}`
  const pending = underway(deps)
  const other = pending.get(key)
  if (other) return { result: await other, first: false }

  let first = false
  const mine = recall()
  pending.set(key, mine)
  try {
    return { result: await mine, first }
  } finally {
    pending.delete(key)
  }

  async function recall() {
    const known = await deps.kv.get(key)
    if (known !== undefined) return known
    first = true
    const result = await work()
    await deps.kv.set(key, result, rememberedMs)
    return result
  }
}
