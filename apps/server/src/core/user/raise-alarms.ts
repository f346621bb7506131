import { alarms } from "@nio/db"
import type { Deps } from "../deps.ts"

/** People looked at in one round. */
const alarmsAtOnce = 500

/**
 * Tells everybody who has fewer points than they want to know of: once, until they had enough again.
 * Apart from the ledger, which is too busy to ask this each time.
 * @returns who was told
 */
export async function raiseAlarms({ db, now, log }: Deps): Promise<string[]> {
  await alarms.rearmAlarms(db)
  const told: string[] = []
  for (const { id } of await alarms.dueAlarms(db, alarmsAtOnce)) {
    if (!(await alarms.markAlarmed(db, id, now()))) continue
    told.push(id)
    log.info("a balance fell below its alarm", { userId: id })
  }
  return told
}
