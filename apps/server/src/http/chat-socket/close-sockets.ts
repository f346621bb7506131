import type { Deps } from "../../core/deps.ts"
import { openSessions } from "./open-sessions.ts"

/** Closes every socket of this node; browsers come back by themselves, to another node or later. */
export function closeSockets(deps: Deps): void {
  for (const session of [...openSessions(deps)]) session.dismiss()
}
