import type { ImportedKind, ImportPreview } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps, FormerSite } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Tally } from "./chatnio/run.ts"
import { runImport } from "./chatnio/run-import.ts"
import { previewKey, previewMs } from "./import-keys.ts"

/**
 * Begins to find out what an import would bring, which `getImportStatus` tells when it is known. Nothing
 * is written.
 * @throws AppError `import.none`
 */
export async function previewImport(
  deps: Deps,
  actor: Actor,
  { zone }: { zone: string },
): Promise<null> {
  requireAdmin(actor)
  if (!deps.former) throw new AppError("import.none")
  await keep(deps, { state: "running" })
  void find(deps, deps.former, zone).catch(async (error) => {
    deps.log.error("an import could not be tried", { error })
    await keep(deps, { state: "failed" })
  })
  return null
}

const keep = ({ kv }: Deps, preview: ImportPreview) =>
  kv.set(previewKey, JSON.stringify(preview), previewMs)

async function find(deps: Deps, former: FormerSite, zone: string): Promise<void> {
  const site = await former.open(zone)
  try {
    const listeners = { report: () => {}, progress: async () => {} }
    const { tally, checks } = await runImport(deps, site, { dry: true, listeners })
    await keep(deps, {
      state: "ready",
      kinds: kindsOf(tally),
      debts: Number(-tally.money.debts),
      agrees: checks.every(({ ok }) => ok),
    })
  } finally {
    await site.database.close()
  }
}

const kindsOf = ({ kinds }: Tally): ImportedKind[] =>
  [...kinds]
    .filter(([, { there }]) => there > 0)
    .map(([kind, { added, known, skipped, reasons }]) => ({
      ...{ kind, added: added + known, skipped },
      reasons: [...reasons].map(([reason, times]) => ({ reason, times })),
    }))
