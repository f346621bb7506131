import { codes, isDuplicate } from "@nio/db"
import { type CreateCodes, toMicropoints } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { codeKeyOf } from "./code-key.ts"
import { newCode } from "./new-code.ts"

const redeemPrefix = "nio"

/**
 * Makes many codes at once. A repeat of the same request makes none and answers the same.
 * @returns the id of the batch
 */
export async function createCodes(
  deps: Deps,
  actor: Actor,
  { requestId, ...input }: CreateCodes,
): Promise<{ batchId: string }> {
  requireAdmin(actor)
  const [points, createdAt] = [toMicropoints(input.points), deps.now()]
  const { kind, name, count, expiresAt } = input
  const type = input.kind === "gift" ? input.type.toLowerCase() : ""
  const prefix = input.kind === "gift" ? input.type : redeemPrefix
  const shared = { kind, type, points, createdAt, expiresAt }
  const batch = { ...shared, id: requestId, name, count, createdBy: actor.userId }
  const made = Array.from({ length: count }, () => {
    const code = newCode(prefix)
    const own = { id: deps.newId(), batchId: batch.id, code, codeKey: codeKeyOf(code) }
    return { ...shared, ...own, revokedAt: null, usedAt: null, usedBy: null }
  })
  try {
    await deps.db.transaction(async (tx) => {
      await codes.insertBatch(tx, batch, made)
      const after = { kind, name, type, points: input.points, count, expiresAt }
      const entry = { act: "code.create", targetId: batch.id, before: null, after }
      await recordAudit(deps, tx, actor, entry)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return { batchId: batch.id }
}
