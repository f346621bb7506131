import { z } from "zod"
import { type PresetMessage, presetContent } from "../../../contract/index.ts"
import type { Actor } from "../../../core/actor.ts"
import type { Deps } from "../../../core/deps.ts"
import { deletePreset } from "../../../core/preset/delete-preset.ts"
import { listPresets } from "../../../core/preset/list-presets.ts"
import { savePreset } from "../../../core/preset/save-preset.ts"
import { type Call, checked, type Route } from "../route.ts"

/** A message as clients write it; what is no text or no role of ours is left out. */
export const wireMessage = z.object({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string(),
})
/** −1 makes a new one. */
const mask = z.object({
  id: z.coerce.number().int().min(-1).default(-1),
  avatar: z.string().default(""),
  name: z.string(),
  description: z.string().nullish(),
  context: z.array(wireMessage).nullish(),
})

export const presetRoutes: Route[] = [
  {
    method: "GET",
    path: "/conversation/mask/view",
    handle: forMembers(async (deps, actor) => {
      const presets = await listPresets(deps, actor)
      const data = presets.map(({ number, avatar, name, description, messages }) => ({
        id: number,
        avatar,
        name,
        description,
        context: messages.map(({ role, text }) => ({ role, content: text })),
      }))
      return { status: true, data }
    }),
  },
  {
    method: "POST",
    path: "/conversation/mask/save",
    handle: forMembers(async (deps, actor, { read }) => {
      const { id, avatar, name, description, context } = await read(mask)
      const messages = (context ?? []).map(
        ({ role, content }): PresetMessage => ({ role, text: content }),
      )
      const given = { avatar, name, description: description ?? "", messages }
      const content = checked(presetContent, given)
      await savePreset(deps, actor, { number: id > 0 ? id : undefined, content })
      return { status: true, error: "" }
    }),
  },
  {
    method: "POST",
    path: "/conversation/mask/delete",
    handle: forMembers(async (deps, actor, { read }) => {
      const { id } = await read(z.object({ id: z.coerce.number().int() }))
      await deletePreset(deps, actor, id)
      return { status: true, error: "" }
    }),
  },
]

type Handle = (deps: Deps, actor: Actor, call: Call) => Promise<object>

/** Strangers are told so in words of their own here. */
function forMembers(handle: Handle): Route["handle"] {
  return (deps, call) =>
    call.caller
      ? handle(deps, call.caller, call)
      : { status: false, data: null, error: "authentication_error" }
}
