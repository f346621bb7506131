import type { Db } from "@nio/db"
import type { Deps } from "@nio/server/core/deps"
import type { OldCounter } from "@nio/server/core/import/chatnio/old-site"
import type { ReportLine } from "@nio/server/core/import/chatnio/run"
import { runImport } from "@nio/server/core/import/chatnio/run-import"
import { openFormerSite } from "@nio/server/former-site"
import { placeAt } from "./former-site.ts"

type How = {
  url: string
  config?: unknown
  counters?: readonly OldCounter[]
  dry?: boolean
  /** Called between parts; what it throws ends the import. */
  progress?: () => void
}

/** Imports a former site as the command does, and keeps the lines of the report. */
export async function importSite(
  deps: Deps,
  { url, config, counters = [], dry = false, progress }: How,
) {
  const report: ReportLine[] = []
  const zone = "Asia/Shanghai"
  const nothing = { config: undefined, redis: undefined, source: undefined }
  const site = await openFormerSite({ mysql: placeAt(url), zone, ...nothing })
  try {
    const outcome = await runImport(
      deps,
      { ...site, config, counters: async () => counters },
      {
        dry,
        listeners: { report: (line) => report.push(line), progress: async () => progress?.() },
      },
    )
    return { ...outcome, report, source: site.source }
  } finally {
    await site.database.close()
  }
}

/** No two seals of the same are alike. */
const seal = /sealed:1:[\w-]+/g

/** Every row of every table, in an order that does not depend on the engine. */
export async function everything(db: Db): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [name, table] of Object.entries(db.t)) {
    const rows = await db.orm.select().from(table)
    found[name] = rows.map((row) => JSON.stringify(row).replace(seal, "sealed")).toSorted()
  }
  return found
}

/** What somebody may look at who was told that nothing is wrong. */
export const disagreements = ({ checks }: { checks: { ok: boolean; what: string }[] }) =>
  checks.filter(({ ok }) => !ok)
