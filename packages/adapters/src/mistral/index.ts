import { openaiCompatible } from "../openai/compatible.ts"
import { adjust, taskEdits } from "./adjust.ts"

/** @see https://docs.mistral.ai/api */
export const mistral = openaiCompatible(
  {
    id: "mistral",
    name: "Mistral",
    baseUrl: "https://api.mistral.ai",
    keyFormat: "…",
    models: [
      "mistral-large-latest",
      "mistral-medium-latest",
      "mistral-small-latest",
      "magistral-medium-latest",
      "magistral-small-latest",
      "codestral-latest",
      "devstral-latest",
      "ministral-8b-latest",
      "ministral-3b-latest",
      "pixtral-large-latest",
      "mistral-embed",
      "mistral-moderation-latest",
      "voxtral-mini-latest",
    ],
  },
  {
    omit: ["user", "logit_bias", "logprobs", "top_logprobs"],
    refusesStreamOptions: () => true,
    adjust,
    tasks: ["embeddings", "moderation", "transcription"],
    taskEdits,
  },
)
