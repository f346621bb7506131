import { channels } from "@nio/db"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { changeLive } from "../live/change-live.ts"
import { channelView } from "./channel-view.ts"

const nameCharsMax = 64

/** A copy, secrets and all, switched off until somebody has looked at it. @throws AppError `channel.not-found` */
export async function duplicateChannel(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<{ id: string }> {
  requireAdmin(actor)
  const copyId = deps.newId()
  await changeLive(deps, async (tx) => {
    const original = await channels.find(tx, id)
    if (!original) throw new AppError("channel.not-found", { id })
    const name = nextName(original.name, await channels.list(tx))
    const copy = { ...original, id: copyId, name, enabled: false, updatedAt: deps.now() }
    await channels.insert(tx, copy)
    await recordAudit(deps, tx, actor, {
      act: "channel.duplicate",
      targetId: copyId,
      before: channelView(deps.vault, original),
      after: channelView(deps.vault, copy),
    })
  })
  return { id: copyId }
}

/** `main`, `main (2)`, `main (3)`: the first that is free. */
function nextName(name: string, all: readonly channels.ChannelRow[]): string {
  const taken = new Set(all.map((channel) => channel.name))
  const stem = name.replace(/ \(\d+\)$/, "")
  for (let number = 2; ; number++) {
    const suffix = ` (${number})`
    const next = stem.slice(0, nameCharsMax - suffix.length) + suffix
    if (!taken.has(next)) return next
  }
}
