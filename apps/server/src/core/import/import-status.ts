import { imports, oldTables } from "@nio/db"
import { z } from "zod"
import {
  type ImportedKind,
  type ImportPreview,
  type ImportStatus,
  importKinds,
  skipReasons,
} from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { type RunState, stateOf } from "./chatnio/run-import.ts"
import { failedKey, previewKey, progressKey, zoneDefault } from "./import-keys.ts"

/** What there is to take over, and how far that is. @returns null when there is nothing */
export async function getImportStatus(deps: Deps, actor: Actor): Promise<ImportStatus | null> {
  requireAdmin(actor)
  if (!deps.former) return null
  // Times are of no interest here.
  const site = await deps.former.open(zoneDefault)
  try {
    const { source, database, config } = site
    const tables = await Promise.all(
      oldTables.map(async (table) => ({ table, rows: await database.count(table) })),
    )
    return {
      tables,
      hasConfig: config !== undefined,
      state: stateWords[(await stateOf(deps, source)) ?? "none"],
      failed: (await deps.kv.get(failedKey)) !== undefined,
      progress: progress.parse(parsed(await deps.kv.get(progressKey))),
      kinds: await kindsOf(deps, source),
      preview: preview.parse(parsed(await deps.kv.get(previewKey))),
    }
  } finally {
    await site.database.close()
  }
}

/** Of what is kept for a while only: by then it may be of an older version. */
const progress = z
  .object({ kind: z.enum(importKinds), done: z.number(), of: z.number() })
  .nullable()
  .catch(null)
const preview = z.custom<ImportPreview | null>().catch(null)

const parsed = (text: string | undefined): unknown => (text === undefined ? null : JSON.parse(text))

const stateWords: Readonly<Record<RunState | "none", ImportStatus["state"]>> = {
  none: "none",
  asked: "running",
  unfinished: "elsewhere",
  finished: "done",
  disagrees: "disagrees",
}

async function kindsOf({ db }: Deps, source: string): Promise<ImportedKind[]> {
  const groups = await imports.countOutcomes(db, source)
  return importKinds.flatMap((kind) => {
    const own = groups.filter((group) => group.kind === kind)
    if (own.length === 0) return []
    const taken = own.filter(({ reason }) => reason === "")
    return {
      kind,
      added: taken.reduce((sum, { times }) => sum + times, 0),
      skipped: own.reduce((sum, { times, reason }) => sum + (reason === "" ? 0 : times), 0),
      reasons: own.flatMap(({ reason, times }) => {
        const known = skipReasons.find((one) => one === reason)
        return known ? [{ reason: known, times }] : []
      }),
    }
  })
}
