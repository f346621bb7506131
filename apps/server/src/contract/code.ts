import { z } from "zod"
import { pageInput } from "./conversation.ts"
import { entityId } from "./id.ts"
import type { Micropoints } from "./micropoints.ts"
import { pointsAmount } from "./points.ts"

/** Gift codes are one per type and person, redeem codes any number. */
export const codeKinds = ["gift", "redeem"] as const
const codeKind = z.enum(codeKinds)
export type CodeKind = z.infer<typeof codeKind>

/** Codes made at once. Apart from the schema, so that the browser need not load it. */
const codesAtOnceMax = 10_000

/** `type` stands in front of each code, and tells gifts of one kind from another. */
const codeType = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{1,24}$/, "up to 24 letters and digits")

const batchFields = {
  name: z.string().trim().max(64),
  points: pointsAmount,
  count: z.int().min(1).max(codesAtOnceMax),
  /** Epoch milliseconds; null for codes that stay good. */
  expiresAt: z.int().min(0).nullable(),
  /** Made by the form, so that a double click makes one batch. */
  requestId: entityId,
}
export const createCodes = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("gift"), type: codeType, ...batchFields }),
  z.object({ kind: z.literal("redeem"), ...batchFields }),
])
export type CreateCodes = z.infer<typeof createCodes>

const codeStates = ["unused", "used", "revoked", "expired"] as const
export type CodeState = (typeof codeStates)[number]

const codeFilter = z.object({
  kind: codeKind,
  state: z.enum(codeStates).optional(),
  batchId: entityId.optional(),
  search: z.string().trim().max(255).optional(),
})
export const listCodes = pageInput.extend(codeFilter.shape)
export type ListCodes = z.infer<typeof listCodes>
export const exportCodes = codeFilter.extend({ format: z.enum(["csv", "txt"]) })
export type ExportCodes = z.infer<typeof exportCodes>

export const revokeCodes = z.union([
  z.object({ ids: z.array(entityId).min(1).max(1_000) }),
  z.object({ batchId: entityId }),
])
export type RevokeCodes = z.infer<typeof revokeCodes>

/** As somebody typed it, or copied it with whatever stood around it. */
export const redeemCode = z.object({ code: z.string().min(1).max(500) })

export type CodeView = {
  id: string
  code: string
  type: string
  points: Micropoints
  batch: string
  batchId: string
  state: CodeState
  createdAt: number
  expiresAt: number | null
  usedAt: number | null
  usedBy: { id: string; name: string } | null
}
export type CodeBatchView = {
  id: string
  name: string
  type: string
  points: Micropoints
  count: number
  createdAt: number
}
/** What a code brought, and what there is now. */
export type Redeemed = { points: Micropoints; available: Micropoints }
