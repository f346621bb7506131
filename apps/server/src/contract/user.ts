import { z } from "zod"
import { entityId } from "./id.ts"
import { pointsAmount } from "./points.ts"

/** `requestId` is made by the form when it opens, so that a double click tops up once. */
export const addPoints = z.object({
  userId: entityId,
  points: pointsAmount,
  reason: z.string().trim().min(1).max(200),
  requestId: z.string().min(1).max(64),
})
export type AddPoints = z.infer<typeof addPoints>
