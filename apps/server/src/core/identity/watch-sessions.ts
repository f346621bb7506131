import { identity } from "@nio/db"
import type { Deps } from "../deps.ts"
import { nodeState } from "../node-state.ts"

const lookMs = 2_000
const idsAtOnce = 500

/**
 * Tells when a session ends, however and wherever that happened, within two seconds: by looking at
 * all that are watched together, so that no message needs to arrive.
 */
export const sessionWatch = nodeState((deps) => {
  const watchers = new Map<string, Set<() => void>>()
  let timer: ReturnType<typeof setInterval> | undefined

  async function look() {
    const ids = [...watchers.keys()]
    for (let at = 0; at < ids.length; at += idsAtOnce) {
      const some = ids.slice(at, at + idsAtOnce)
      const live = await identity.liveSessions(deps.db, some, deps.now())
      for (const id of some) if (!live.has(id)) for (const end of watchers.get(id) ?? []) end()
    }
  }

  function rest() {
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  return {
    /** `end` may be called more than once. @returns what stops the watch */
    watch(sessionId: string, end: () => void): () => void {
      const others = watchers.get(sessionId) ?? new Set()
      watchers.set(sessionId, others.add(end))
      timer ??= setInterval(() => void look().catch(late(deps)), lookMs)
      return () => {
        others.delete(end)
        if (others.size === 0) watchers.delete(sessionId)
        rest()
      }
    },
  }
})

const late = (deps: Deps) => (cause: unknown) =>
  deps.log.warn("ended sessions are noticed late", { cause })
