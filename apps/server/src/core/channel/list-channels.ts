import { channels } from "@nio/db"
import type { ChannelView } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { channelView } from "./channel-view.ts"

/** All channels, secrets as hints. */
export async function listChannels(deps: Deps, actor: Actor): Promise<ChannelView[]> {
  requireAdmin(actor)
  return (await channels.list(deps.db)).map((row) => channelView(deps.vault, row))
}
