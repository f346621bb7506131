import { alarms } from "@nio/db"
import { toPoints } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { canSendMail, sendMail } from "../mail/send-mail.ts"

type Due = Awaited<ReturnType<typeof alarms.dueAlarms>>[number]

/** People looked at in one round. */
const alarmsAtOnce = 500

/**
 * Tells everybody who has fewer points than they want to know of: once, until they had enough again.
 * Apart from the ledger, which is too busy to ask this each time.
 * @returns who was told
 */
export async function raiseAlarms(deps: Deps): Promise<string[]> {
  const { db, now, log } = deps
  await alarms.rearmAlarms(db)
  const told: string[] = []
  for (const due of await alarms.dueAlarms(db, alarmsAtOnce)) {
    if (!(await alarms.markAlarmed(db, due.id, now()))) continue
    told.push(due.id)
    await tell(deps, due).catch((cause) =>
      log.warn("an alarm was not sent; the page shows it", { userId: due.id, cause }),
    )
  }
  return told
}

/** By mail, to whoever has a verified address; the web shows it to everybody. */
async function tell(deps: Deps, { name, email, emailVerified, language, ...due }: Due) {
  if (!email || !emailVerified || !canSendMail(deps)) return
  const balance = String(toPoints(due.available ?? 0))
  const threshold = String(toPoints(due.below ?? 0))
  await sendMail(deps, {
    to: email,
    template: "alarm",
    params: { name, balance, threshold },
    language,
  })
}
