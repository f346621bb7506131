import { z } from "zod"
import { pageInput } from "./conversation.ts"

/** Which acts of administrators: by name, by the actor's name or a part of it, and from and until when. */
export const listAudit = pageInput.extend({
  act: z.string().max(64).optional(),
  actor: z.string().trim().max(64).optional(),
  /** Epoch milliseconds; `until` itself is not in it. */
  from: z.int().min(0).optional(),
  until: z.int().min(0).optional(),
})
export type ListAudit = z.infer<typeof listAudit>

export type AuditView = {
  id: string
  at: number
  /** Null for who did it on the command line, or is no more. */
  actor: string | null
  act: string
  targetId: string
  /** What the target is called, if it is called anything. */
  target: string | null
  before?: unknown
  after?: unknown
}
