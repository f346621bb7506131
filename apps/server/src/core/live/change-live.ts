import { type Db, live as rows } from "@nio/db"
import type { Deps } from "../deps.ts"
import { liveTopic } from "./load-live.ts"

/**
 * Changes something the live view is made of. The revision moves in the same transaction, so a
 * node that misses the message notices by its next poll; and it moves first, so that of two changes
 * the second waits and begins with what the first left. When this resolves, this node uses the change.
 */
export async function changeLive<T>(
  deps: Pick<Deps, "db" | "bus" | "live">,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  const result = await deps.db.transaction(async (tx) => {
    await rows.bumpRevision(tx, liveTopic)
    return work(tx)
  })
  await announceLive(deps)
  return result
}

/** Takes over on this node what was committed, and tells the others. */
export async function announceLive({ bus, live }: Pick<Deps, "bus" | "live">): Promise<void> {
  await live.reload()
  await bus.publish(liveTopic, String(live.current().revision))
}
