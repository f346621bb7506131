import { live as rows } from "@nio/db"
import type { Deps } from "../deps.ts"
import { coalesce } from "./coalesce.ts"
import type { Live, LiveHolder } from "./live.ts"
import { liveTopic, loadLive } from "./load-live.ts"

/** How often the revision is looked at. With the reload this stays below two seconds. */
const pollMs = 1_500

/**
 * Keeps the newest view in memory. A request takes `current()` once and uses it to its end, so an
 * edit never changes a request under way.
 *
 * Freshness has two sources: the bus, which is fast and may lose messages, and the poll of the
 * revision, which catches what was lost. When a load fails, the old view stays.
 *
 * @throws when the first load fails
 */
export async function createLiveHolder(
  deps: Pick<Deps, "db" | "bus" | "providers" | "vault" | "log">,
): Promise<LiveHolder & { close(): Promise<void> }> {
  let current = await load()
  let closed = false
  let timer = setTimeout(poll, pollMs)
  let polling = Promise.resolve()
  const reload = coalesce(async () => {
    try {
      current = await load()
    } catch (error) {
      deps.log.error("loading the live view failed, the old one stays", { error })
    }
  })
  const leave = await deps.bus.subscribe(liveTopic, (revision) => {
    if (Number(revision) !== current.revision) void reload()
  })

  async function load(): Promise<Live> {
    const { live, broken } = await loadLive(deps)
    for (const row of broken) deps.log.warn("a stored row cannot be used", row)
    return live
  }

  function poll() {
    polling = look().then(() => {
      if (!closed) timer = setTimeout(poll, pollMs)
    })
  }

  async function look() {
    try {
      if ((await rows.readRevision(deps.db, liveTopic)) !== current.revision) await reload()
    } catch (error) {
      deps.log.warn("looking for a new live view failed", { error })
    }
  }

  return {
    current: () => current,
    reload,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await leave()
      await polling
      await reload.idle()
    },
  }
}
