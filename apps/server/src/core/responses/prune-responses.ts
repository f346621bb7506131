import { storedResponses } from "@nio/db"
import type { Deps } from "../deps.ts"

/** Answers kept for one key: clients ask for all of theirs to be kept unless they are told not to. */
const keptMax = 10_000

/** Forgets answers nobody may ask for any more, and the oldest of those who have too many. */
export async function pruneResponses({ db, now }: Deps, max = keptMax): Promise<void> {
  await storedResponses.removeExpired(db, now())
  await storedResponses.removeBeyond(db, max)
}
