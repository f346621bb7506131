import { mailCodes } from "@nio/db"
import type { Deps } from "../deps.ts"

/** Forgets codes that are too old; they are good for nothing already. */
export const pruneMailCodes = (deps: Deps): Promise<void> =>
  mailCodes.deleteExpiredCodes(deps.db, deps.now())
