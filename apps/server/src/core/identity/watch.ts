import { identity, users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { nodeState } from "../node-state.ts"

const lookMs = 1_000
const idsAtOnce = 500

/** Tells when a session ends, also with its owner's account. */
export const sessionWatch = watchFor(async (deps, ids) => {
  const live = await identity.liveSessions(deps.db, ids, deps.now())
  return ids.filter((id) => !live.has(id))
})

/** Tells when somebody is banned or deleted. */
export const userWatch = watchFor((deps, ids) => users.inactiveUsers(deps.db, ids))

/**
 * Tells when something ends, however and wherever that happened, within a second or two: by looking at
 * all that are watched together, so that no message needs to arrive.
 */
function watchFor(ended: (deps: Deps, ids: readonly string[]) => Promise<readonly string[]>) {
  return nodeState((deps) => {
    const watchers = new Map<string, Set<() => void>>()
    let timer: ReturnType<typeof setInterval> | undefined

    async function look() {
      const ids = [...watchers.keys()]
      for (let at = 0; at < ids.length; at += idsAtOnce)
        for (const id of await ended(deps, ids.slice(at, at + idsAtOnce)))
          for (const end of watchers.get(id) ?? []) end()
    }

    function rest() {
      if (watchers.size > 0) return
      clearInterval(timer)
      timer = undefined
    }

    return {
      /** `end` may be called more than once. @returns what stops the watch */
      watch(id: string, end: () => void): () => void {
        const others = watchers.get(id) ?? new Set()
        watchers.set(id, others.add(end))
        timer ??= setInterval(() => void look().catch(late(deps)), lookMs)
        return () => {
          others.delete(end)
          if (others.size === 0) watchers.delete(id)
          rest()
        }
      },
    }
  })
}

const late = (deps: Deps) => (cause: unknown) =>
  deps.log.warn("what has ended is noticed late", { cause })
