import { passkeys } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** Somebody else's is left alone without a word. */
export async function renamePasskey(
  deps: Deps,
  actor: Actor,
  { id, name }: { id: string; name: string },
): Promise<null> {
  const { userId } = requireActive(actor)
  await passkeys.renamePasskey(deps.db, { id, userId, name })
  return null
}
