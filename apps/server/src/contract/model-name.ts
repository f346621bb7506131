import { z } from "zod"

/** One blank at a time may stand inside; control characters nowhere. */
export const modelName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}\s]+(?: [^\p{Cc}\s]+)*$/u, "no control characters or outer blanks")
