import { existsSync } from "node:fs"
import { join, resolve } from "node:path"

/** What running servers of the original left behind: beside the recordings of providers, never in here. */
const folder = process.env.FIXTURES_DIR
  ? join(process.env.FIXTURES_DIR, "../chatnio-import")
  : join(import.meta.dir, "../../../shared/fixtures/chatnio-import")

export const importFixtures = resolve(process.env.IMPORT_FIXTURES_DIR ?? folder)
export const hasImportFixtures = existsSync(join(importFixtures, "head-sample-data.sql"))
