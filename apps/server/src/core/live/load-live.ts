import { type Db, live as rows } from "@nio/db"
import type { Deps } from "../deps.ts"
import { buildLive } from "./build-live.ts"

/** The topic of the revision and of the bus. */
export const liveTopic = "live"

/** How often reading begins again because somebody wrote meanwhile. */
const readsMax = 3

/** Reads the whole view, at one revision. */
export async function loadLive({ db, providers, vault }: Pick<Deps, "db" | "providers" | "vault">) {
  const { revision, ...content } = await readAtOneRevision(db)
  return buildLive(content, { revision, providerIds: providers.keys(), vault })
}

/**
 * The revision is read first and once more at the end. Should somebody write all the time, the
 * view is one of an earlier revision, and the next poll reads it anew.
 */
async function readAtOneRevision(db: Db) {
  for (let read = 1; ; read++) {
    const revision = await rows.readRevision(db, liveTopic)
    const content = await rows.readLiveRows(db)
    if (read === readsMax || revision === (await rows.readRevision(db, liveTopic)))
      return { revision, ...content }
  }
}
