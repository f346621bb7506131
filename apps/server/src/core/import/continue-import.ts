import { imports } from "@nio/db"
import type { Deps } from "../deps.ts"
import { runImport, stateOf } from "./chatnio/run-import.ts"
import { failedKey, failedMs, progressKey, progressMs, zoneDefault } from "./import-keys.ts"

/** Does what an administrator asked for, or goes on with it. The job that calls it runs on one node at a time. */
export async function continueImport(deps: Deps): Promise<void> {
  const { former, kv } = deps
  if (!former || (await kv.get(failedKey))) return
  const asked = await imports.findAsked(deps.db)
  if (!asked) return
  const [zone] = await imports.findImported(deps.db, { ...asked, kind: "run" }, ["zone"])
  const site = await former.open(zone?.reason ?? zoneDefault)
  try {
    if (site.source !== asked.source || (await stateOf(deps, site.source)) !== "asked") return
    const report = await former.openReport(`${deps.now()}-${site.source}`)
    const listeners = {
      report: report.write,
      progress: (progress: object) => kv.set(progressKey, JSON.stringify(progress), progressMs),
    }
    const how = { dry: false, state: "asked", listeners } as const
    const { checks } = await runImport(deps, site, how).finally(report.close)
    for (const check of checks.filter(({ ok }) => !ok))
      deps.log.error("an import does not agree with what was there", check)
    deps.log.info("an import is done", { source: site.source })
  } catch (error) {
    await kv.set(failedKey, "1", failedMs)
    throw error
  } finally {
    await site.database.close()
  }
}
