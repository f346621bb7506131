import { runs } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { tellNodes } from "./chat-bus.ts"
import { localRuns } from "./local-runs.ts"

/**
 * Ends an answer of the actor where it is; what was delivered is kept and charged. Works from any
 * node: the owner hears of it by the bus, or a second later from the database. A run that is over,
 * or somebody else's, is left alone.
 */
export async function stopRun(deps: Deps, actor: Actor, id: string): Promise<void> {
  const { userId } = requireActive(actor)
  const here = localRuns(deps).get(id)
  if (here) {
    if (here.userId === userId) here.stop()
    return
  }
  const elsewhere = await runs.find(deps.db, id)
  if (elsewhere?.userId !== userId) return
  await runs.askStop(deps.db, id)
  tellNodes(deps, { type: "stop", runId: id })
}
