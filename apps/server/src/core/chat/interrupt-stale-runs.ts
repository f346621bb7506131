import { messages, runs } from "@nio/db"
import type { Deps } from "../deps.ts"

/**
 * Marks answers whose writer has died as interrupted; their text stays as far as it was saved. With
 * `all`, those of living writers too: for the start of the only process there is.
 */
export async function interruptStaleRuns(deps: Deps, { all = false } = {}): Promise<void> {
  const before = all ? Number.MAX_SAFE_INTEGER : deps.now()
  for (const run of await runs.listStale(deps.db, before))
    await interruptRun(deps, run.id, run.messageId, before)
}

/** Unless it was kept alive meanwhile, until `before` or longer. */
export async function interruptRun(
  deps: Deps,
  id: string,
  messageId: string,
  before = deps.now(),
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    if (await runs.removeStale(tx, id, before))
      await messages.markInterrupted(tx, messageId, deps.now())
  })
}
