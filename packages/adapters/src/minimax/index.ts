import { clamped } from "../openai/clamp.ts"
import { chatAddress, openaiCompatible } from "../openai/compatible.ts"
import { errors, failed } from "./errors.ts"
import { models } from "./models.ts"
import { speech } from "./speech.ts"

/**
 * An address that ends in `/text/chatcompletion_v2`, MiniMax's name for the same from before, is
 * taken as it is.
 *
 * @see https://platform.minimaxi.com/docs/api-reference/text-openai-api
 */
export const minimax = openaiCompatible(
  {
    id: "minimax",
    name: "MiniMax",
    baseUrl: "https://api.minimaxi.com",
    keyFormat: "eyJ… / sk-…",
    models,
  },
  {
    address: (request, upstream) =>
      upstream.baseUrl.endsWith("/chatcompletion_v2")
        ? upstream.baseUrl
        : chatAddress(request, upstream),
    edits: ({ temperature }) => clamped({ temperature }, { temperature: [0.01, 1] }),
    // Else the thoughts stand in the text, between tags.
    adjust: ({ reasoning_effort: _, ...body }) => ({ ...body, reasoning_split: true }),
    ownTasks: { speech },
    errors,
    failed,
  },
)
