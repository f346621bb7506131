import { bearer, openaiCompatible, responsesAddress, taskAddress } from "../openai/compatible.ts"
import { editTask } from "./edit.ts"

/** @see https://docs.x.ai/docs/api-reference */
export const xai = openaiCompatible(
  {
    id: "xai",
    name: "xAI",
    baseUrl: "https://api.x.ai",
    keyFormat: "xai-…",
    models: [
      "grok-4.6",
      "grok-4.5",
      "grok-4.3",
      "grok-4.20",
      "grok-4",
      "grok-code-fast-1",
      "grok-3",
      "grok-3-mini",
      "grok-imagine-image",
      "grok-2-image",
    ],
  },
  {
    responses: { address: responsesAddress },
    tasks: ["image-generation"],
    ownTasks: { "image-edit": editTask({ address: taskAddress, headers: bearer }) },
  },
)
