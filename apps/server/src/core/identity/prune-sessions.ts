import { identity } from "@nio/db"
import type { Deps } from "../deps.ts"

/** Forgets sessions that have ended; they admit nobody already. */
export const pruneSessions = (deps: Deps): Promise<void> =>
  identity.deleteEndedSessions(deps.db, deps.now())
