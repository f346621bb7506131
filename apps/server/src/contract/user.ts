import { z } from "zod"
import { entityId } from "./id.ts"

/** `requestId` is made by the form when it opens, so that a double click tops up once. */
export const addPoints = z.object({
  userId: entityId,
  points: z
    .number()
    .min(0.000001)
    .max(1_000_000_000)
    .refine((points) => Math.abs(points * 1e6 - Math.round(points * 1e6)) < 1e-3, {
      error: "at most six decimals",
    }),
  reason: z.string().trim().min(1).max(200),
  requestId: z.string().min(1).max(64),
})
export type AddPoints = z.infer<typeof addPoints>
