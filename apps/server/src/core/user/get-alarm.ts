import { alarms } from "@nio/db"
import type { AlarmView } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"

/** What the actor is told of, and whether it has come to that. */
export async function getAlarm(deps: Deps, actor: Actor): Promise<AlarmView> {
  const { userId } = requireActive(actor)
  const { below, available } = await alarms.findAlarm(deps.db, userId)
  return { below, low: below !== null && available < below }
}
