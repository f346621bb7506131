import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { nodeState } from "../node-state.ts"

/** How long a node believes what it knows of a key or session, also when no message reaches it. */
const actorMs = 2_000
const actorsMax = 20_000

const topic = "identity"

/**
 * Actors by what proves them: `key:` or `session:` and a hash. Lookups under way are shared; failures are not kept.
 * Dropped as a whole when anything about anybody changes: it is rare, and reading anew is cheap.
 */
export const actorCache = nodeState((deps) => {
  const entries = new Map<string, { actor: Promise<Actor>; until: number }>()
  const subscribed = deps.bus.subscribe(topic, () => entries.clear())
  subscribed.catch((cause) => deps.log.warn("changes of identity arrive late", { cause }))

  return {
    get(proof: string, load: () => Promise<Actor>): Promise<Actor> {
      const now = deps.now()
      const known = entries.get(proof)
      if (known && known.until > now) return known.actor

      if (entries.size >= actorsMax) entries.clear()
      const actor = load()
      const entry = { actor, until: now + actorMs }
      entries.set(proof, entry)
      actor.catch(() => entries.get(proof) === entry && entries.delete(proof))
      return actor
    },
    clear: () => entries.clear(),
  }
})

/** To be called after a change of a user, key or session: no node goes on believing the old. */
export async function forgetActors(deps: Deps): Promise<void> {
  actorCache(deps).clear()
  await deps.bus.publish(topic, "").catch((cause) => deps.log.warn("bus failed", { cause }))
}
