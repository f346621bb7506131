import { z } from "zod"

/** An id as somebody sends it; whether it names anything is another question. */
export const entityId = z.string().min(1).max(36)
