import { openaiCompatible, responsesAddress } from "../openai/compatible.ts"

/** @see https://openrouter.ai/docs/api-reference */
export const openrouter = openaiCompatible(
  {
    id: "openrouter",
    name: "OpenRouter",
    baseUrl: "https://openrouter.ai/api",
    keyFormat: "sk-or-…",
    models: [
      "openrouter/auto",
      "openai/gpt-5.5",
      "anthropic/claude-opus-5.5",
      "anthropic/claude-sonnet-5.5",
      "google/gemini-3.8-flash",
      "x-ai/grok-4.5",
      "deepseek/deepseek-v4-pro",
      "moonshotai/kimi-k3",
    ],
  },
  {
    responses: { address: responsesAddress },
    signatures: true,
    marks: true,
    tasks: ["embeddings"],
    // Else a model that draws only talks about it.
    adjust: (body) =>
      /image/.test(String(body.model)) ? { ...body, modalities: ["image", "text"] } : body,
  },
)
