import { type Db, live as rows } from "@nio/db"
import type { Deps } from "../deps.ts"
import { liveTopic } from "./load-live.ts"

/**
 * Changes something the live view is made of. The revision moves in the same transaction, so a
 * node that misses the message notices by its next poll. When this resolves, this node uses the change.
 */
export async function changeLive<T>(
  deps: Pick<Deps, "db" | "bus" | "live">,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  const result = await deps.db.transaction(async (tx) => {
    const value = await work(tx)
    await rows.bumpRevision(tx, liveTopic)
    return value
  })
  await announceLive(deps)
  return result
}

/** Takes over on this node what was committed, and tells the others. */
export async function announceLive({ bus, live }: Pick<Deps, "bus" | "live">): Promise<void> {
  await live.reload()
  await bus.publish(liveTopic, String(live.current().revision))
}
