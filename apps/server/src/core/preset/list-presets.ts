import { presets } from "@nio/db"
import { type PresetView, presetMessages } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** The actor's own, the newest first. */
export async function listPresets(deps: Deps, actor: Actor): Promise<PresetView[]> {
  const { userId } = requireActive(actor)
  const rows = await presets.list(deps.db, userId)
  return rows.map(({ id, number, name, avatar, description, messages, updatedAt }) => ({
    id,
    number,
    name,
    avatar,
    description,
    messages: presetMessages.catch([]).parse(messages),
    updatedAt,
  }))
}
