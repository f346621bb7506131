import { numbers, presets } from "@nio/db"
import type { PresetContent } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** Far more than anybody chooses from. */
const presetsMax = 500

/**
 * Keeps a preset of the actor: a new one without `number`, else in place of the one of this number.
 * @throws AppError `preset.not-found`, `preset.too-many`
 */
export async function savePreset(
  deps: Deps,
  actor: Actor,
  { number, content }: { number?: number | undefined; content: PresetContent },
): Promise<{ number: number }> {
  const { userId } = requireActive(actor)
  const now = deps.now()
  if (number !== undefined) {
    if (!(await presets.edit(deps.db, { userId, number }, { ...content, updatedAt: now })))
      throw new AppError("preset.not-found")
    return { number }
  }
  return deps.db.transaction(async (tx) => {
    const free = await numbers.next(tx, userId)
    if ((await presets.countOf(tx, userId)) >= presetsMax)
      throw new AppError("preset.too-many", { limit: presetsMax })
    const own = { id: deps.newId(), userId, number: free, createdAt: now, updatedAt: now }
    await presets.insert(tx, { ...content, ...own })
    await numbers.taken(tx, userId, free)
    return { number: free }
  })
}
