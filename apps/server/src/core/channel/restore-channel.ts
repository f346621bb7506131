import { channels, suspendedKeys } from "@nio/db"
import type { ChannelRestore } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"

/** Puts back in use, on every node, what sits out of a channel. @throws AppError `channel.not-found` */
export async function restoreChannel(
  deps: Deps,
  actor: Actor,
  { id, keyId, model }: ChannelRestore,
): Promise<null> {
  requireAdmin(actor)
  await changeLive(deps, async (tx) => {
    if (!(await channels.find(tx, id))) throw new AppError("channel.not-found", { id })
    const lifted = model === undefined ? await suspendedKeys.lift(tx, id, keyId) : 0
    await recordAudit(deps, tx, actor, {
      act: "channel.restore",
      targetId: id,
      before: null,
      after: { keyId, model, lifted },
    })
  })
  deps.health.restore({ channelId: id, keyId, model })
  return null
}
