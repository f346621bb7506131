import { openaiCompatible, responsesAddress } from "../openai/compatible.ts"

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
    ],
  },
  { responses: { address: responsesAddress } },
)
