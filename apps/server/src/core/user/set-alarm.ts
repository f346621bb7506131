import { alarms } from "@nio/db"
import { type AlarmView, type SetAlarm, toMicropoints } from "../../contract/index.ts"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { getAlarm } from "./get-alarm.ts"

/** From now on the actor is told, once, when they have fewer points than that. */
export async function setAlarm(deps: Deps, actor: Actor, { below }: SetAlarm): Promise<AlarmView> {
  const { userId } = requireActive(actor)
  await alarms.saveAlarm(deps.db, userId, below === null ? null : toMicropoints(below))
  return getAlarm(deps, actor)
}
