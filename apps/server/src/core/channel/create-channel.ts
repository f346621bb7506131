import { channels } from "@nio/db"
import type { ChannelCreate } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { changeLive } from "../live/change-live.ts"
import { blankRow, editRow } from "./channel-row.ts"
import { channelView } from "./channel-view.ts"
import { requireProvider } from "./require-provider.ts"

/** Makes a channel; when this resolves, this node uses it. @throws AppError `input.invalid` */
export async function createChannel(
  deps: Deps,
  actor: Actor,
  channel: ChannelCreate,
): Promise<{ id: string }> {
  requireAdmin(actor)
  requireProvider(deps, channel.provider)
  const row = { ...editRow(deps.vault, blankRow, channel), id: deps.newId(), updatedAt: deps.now() }
  await changeLive(deps, async (tx) => {
    await channels.insert(tx, row)
    await recordAudit(deps, tx, actor, {
      act: "channel.create",
      targetId: row.id,
      before: null,
      after: channelView(deps.vault, row),
    })
  })
  return { id: row.id }
}
