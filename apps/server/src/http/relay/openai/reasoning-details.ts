import type { ChatEvent, Reasoning } from "@nio/adapters"
import { z } from "zod"

/**
 * Thoughts whose maker wants them back, in the words OpenRouter gave them.
 *
 * @see https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
 */
export const detailSchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  signature: z.string().nullish(),
  data: z.string().nullish(),
})

export const readDetail = ({ text, signature, data }: z.infer<typeof detailSchema>): Reasoning => ({
  text: text ?? "",
  ...(signature && { signature }),
  ...(data && { redacted: data }),
})

/** Puts the thoughts of one choice together, whole: half a signed thought is worth nothing. */
export function createDetails() {
  let text = ""
  let index = 0

  return {
    /** The detail that is complete with this event. */
    add({ delta, signature, redacted }: ChatEvent & { type: "reasoning" }): object | undefined {
      if (redacted) return { type: "reasoning.encrypted", data: redacted, index: index++ }
      text += delta
      if (!signature) return undefined
      const detail = { type: "reasoning.text", text, signature, index: index++ }
      text = ""
      return detail
    },
  }
}
export type Details = ReturnType<typeof createDetails>
