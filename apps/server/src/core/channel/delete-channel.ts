import { channels, suspendedKeys } from "@nio/db"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"
import { channelView } from "./channel-view.ts"

export const deleteChannel = (deps: Deps, actor: Actor, id: string): Promise<null> =>
  deleteChannels(deps, actor, [id])

/** All of them or none. Answers under way go on to their end. @throws AppError `channel.not-found` */
export async function deleteChannels(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
): Promise<null> {
  requireAdmin(actor)
  await changeLive(deps, async (tx) => {
    for (const id of new Set(ids)) {
      const before = await channels.find(tx, id)
      if (!before || !(await channels.remove(tx, id)))
        throw new AppError("channel.not-found", { id })
      await suspendedKeys.lift(tx, id)
      await recordAudit(deps, tx, actor, {
        act: "channel.delete",
        targetId: id,
        before: channelView(deps.vault, before),
        after: null,
      })
    }
  })
  return null
}
