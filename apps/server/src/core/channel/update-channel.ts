import { channels, suspendedKeys } from "@nio/db"
import type { ChannelEdit } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"
import { editRow } from "./channel-row.ts"
import { channelView } from "./channel-view.ts"
import { requireProvider } from "./require-provider.ts"

/** Who changes one of these has acted: what sat out before is tried anew. */
const connecting = ["provider", "baseUrl", "secrets", "proxy", "headers"] as const

/**
 * Saves an edit and makes every node use it. What is left out stays: above all the secrets, which
 * nobody ever gets back to send again.
 * @throws AppError `channel.not-found`, `input.invalid`
 */
export async function updateChannel(
  deps: Deps,
  actor: Actor,
  id: string,
  edit: ChannelEdit,
): Promise<null> {
  requireAdmin(actor)
  if (edit.provider !== undefined) requireProvider(deps, edit.provider)
  const acts = connecting.some((field) => edit[field] !== undefined)
  await changeLive(deps, async (tx) => {
    const before = await channels.find(tx, id)
    if (!before) throw new AppError("channel.not-found", { id })
    const after = { ...editRow(deps.vault, before, edit), id, updatedAt: deps.now() }
    await channels.save(tx, after)
    if (acts) await suspendedKeys.lift(tx, id)
    await recordAudit(deps, tx, actor, {
      act: "channel.update",
      targetId: id,
      before: channelView(deps.vault, before),
      after: channelView(deps.vault, after),
    })
  })
  if (acts) deps.health.restore({ channelId: id })
  return null
}
