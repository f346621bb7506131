import { codes } from "@nio/db"
import type { RevokeCodes } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"

/** Makes codes worthless that nobody has used: some, or all of a batch. @returns how many it were. */
export async function revokeCodes(
  deps: Deps,
  actor: Actor,
  which: RevokeCodes,
): Promise<{ revoked: number }> {
  requireAdmin(actor)
  return deps.db.transaction(async (tx) => {
    const revoked = await codes.revoke(tx, { ...which, now: deps.now() })
    const targetId = "batchId" in which ? which.batchId : (which.ids[0] ?? "")
    const entry = { act: "code.revoke", targetId, before: null, after: { revoked, ...which } }
    await recordAudit(deps, tx, actor, entry)
    return { revoked }
  })
}
