import { presets } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** @throws AppError `preset.not-found` */
export async function deletePreset(deps: Deps, actor: Actor, number: number): Promise<null> {
  const { userId } = requireActive(actor)
  if (!(await presets.remove(deps.db, { userId, number }))) throw new AppError("preset.not-found")
  return null
}
