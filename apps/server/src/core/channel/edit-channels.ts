import { channels } from "@nio/db"
import type { ChannelBulkEdit } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"
import { editRow } from "./channel-row.ts"
import { channelView } from "./channel-view.ts"

/** The same edit to many channels: to all of them or to none. @throws AppError as `updateChannel` */
export async function editChannels(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
  edit: ChannelBulkEdit,
): Promise<null> {
  requireAdmin(actor)
  await changeLive(deps, async (tx) => {
    for (const id of new Set(ids)) {
      const before = await channels.find(tx, id)
      if (!before) throw new AppError("channel.not-found", { id })
      const after = { ...editRow(deps.vault, before, edit), id, updatedAt: deps.now() }
      await channels.save(tx, after)
      await recordAudit(deps, tx, actor, {
        act: "channel.update",
        targetId: id,
        before: channelView(deps.vault, before),
        after: channelView(deps.vault, after),
      })
    }
  })
  return null
}
