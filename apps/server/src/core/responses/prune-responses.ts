import { storedResponses } from "@nio/db"
import type { Deps } from "../deps.ts"

/** Forgets answers nobody may ask for any more. */
export const pruneResponses = (deps: Deps): Promise<void> =>
  storedResponses.removeExpired(deps.db, deps.now())
