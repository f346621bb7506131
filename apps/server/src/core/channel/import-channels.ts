import { channels } from "@nio/db"
import type { ChannelFile } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { changeLive } from "../live/change-live.ts"
import { blankRow, editRow } from "./channel-row.ts"
import { channelView } from "./channel-view.ts"
import { requireProvider } from "./require-provider.ts"

/**
 * Makes a channel of each entry: of all or of none. One without secrets is taken over switched off.
 * @returns the new ids, in the file's order
 * @throws AppError `input.invalid`
 */
export async function importChannels(
  deps: Deps,
  actor: Actor,
  { channels: entries }: ChannelFile,
): Promise<{ ids: string[] }> {
  requireAdmin(actor)
  for (const { provider } of entries) requireProvider(deps, provider)
  const rows = entries.map((entry) => {
    const enabled = entry.enabled && (entry.secrets?.length ?? 0) > 0
    const row = editRow(deps.vault, blankRow, { ...entry, enabled })
    return { ...row, id: deps.newId(), updatedAt: deps.now() }
  })
  await changeLive(deps, async (tx) => {
    for (const row of rows) {
      await channels.insert(tx, row)
      await recordAudit(deps, tx, actor, {
        act: "channel.import",
        targetId: row.id,
        before: null,
        after: channelView(deps.vault, row),
      })
    }
  })
  return { ids: rows.map(({ id }) => id) }
}
