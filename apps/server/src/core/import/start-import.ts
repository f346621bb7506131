import { imports } from "@nio/db"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { saveState, stateOf } from "./chatnio/run-import.ts"
import { previewKey } from "./import-keys.ts"

/**
 * Has the server take over the Chat Nio installation in its database. It begins within seconds, goes on
 * after a restart, and changes nothing when it is asked for again meanwhile.
 * @throws AppError `import.none`, `import.elsewhere`
 */
export async function startImport(
  deps: Deps,
  actor: Actor,
  { zone }: { zone: string },
): Promise<null> {
  requireAdmin(actor)
  if (!deps.former) throw new AppError("import.none")
  const site = await deps.former.open(zone)
  const { source } = site
  await site.database.close()
  const state = await stateOf(deps, source)
  if (state === "asked") return null
  if (state === "unfinished") throw new AppError("import.elsewhere")
  await deps.db.transaction(async (tx) => {
    await saveState(tx, { source, now: deps.now }, "asked")
    const row = { source, kind: "run", sourceId: "zone", targetId: null, at: deps.now() }
    await imports.saveImported(tx, { ...row, reason: zone })
    const entry = { act: "import.start", targetId: source, before: null, after: { zone } }
    await recordAudit(deps, tx, actor, entry)
  })
  await deps.kv.delete(previewKey)
  return null
}
