import { channels, prices, live as rows } from "@nio/db"
import { writeSecrets } from "../channel/channel-secrets.ts"
import type { Deps } from "../deps.ts"
import { announceLive } from "../live/change-live.ts"
import { liveTopic } from "../live/load-live.ts"
import { type ImportedConfig, importConfig } from "./import-config.ts"

/**
 * Takes over a Chat Nio configuration on an installation that nobody has configured yet: of any
 * number of starts and nodes, one does it, and none after the first edit.
 * @returns undefined when nothing was taken over
 */
export async function importFirstConfig(
  deps: Pick<Deps, "db" | "bus" | "live" | "providers" | "vault" | "now" | "newId">,
  file: unknown,
): Promise<ImportedConfig | undefined> {
  const imported = importConfig(file, deps.providers)
  if (imported.channels.length + imported.prices.length === 0) return undefined

  const updatedAt = deps.now()
  const isFirst = await deps.db.transaction(async (tx) => {
    if (!(await rows.bumpFirstRevision(tx, liveTopic))) return false
    for (const channel of imported.channels)
      await channels.insert(tx, {
        ...channel,
        secrets: writeSecrets(deps.vault, channel.secrets),
        id: deps.newId(),
        updatedAt,
      })
    for (const [position, rule] of imported.prices.entries())
      await prices.insert(tx, { ...rule, id: deps.newId(), position, updatedAt })
    return true
  })
  if (!isFirst) return undefined
  await announceLive(deps)
  return imported
}
