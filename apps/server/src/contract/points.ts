import { z } from "zod"

/** An amount of points as a person writes it: more than none, six decimals at most. */
export const pointsAmount = z
  .number()
  .min(0.000001)
  .max(1_000_000_000)
  .refine((points) => Math.abs(points * 1e6 - Math.round(points * 1e6)) < 1e-3, {
    error: "at most six decimals",
  })
