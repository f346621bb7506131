import { clamped } from "../openai/clamp.ts"
import { openaiCompatible } from "../openai/compatible.ts"

/** What Chat Nio's operators call the first one. */
const ownName: Readonly<Record<string, string>> = { "360-gpt-v9": "360GPT_S2_V9" }

/** What the first model writes at most. */
const tokensMax = 2_048

/** @see https://ai.360.com/platform/docs/overview */
export const zhinao = openaiCompatible(
  {
    id: "zhinao",
    name: "360 Zhinao",
    baseUrl: "https://api.360.cn",
    keyFormat: "fk…",
    models: [
      "360zhinao2-o1",
      "360gpt2-pro",
      "360gpt-pro",
      "360gpt-turbo",
      "360GPT_S2_V9",
      "360-gpt-v9",
    ],
  },
  {
    edits: ({ model, temperature, maxTokens }) => ({
      ...(ownName[model] && { model: ownName[model] }),
      ...clamped({ temperature }, { temperature: [0, 1] }),
      ...(/^360-?gpt_?(s2)?[-_]v9$/i.test(model) &&
        clamped({ max_tokens: maxTokens }, { max_tokens: [1, tokensMax] })),
    }),
    tasks: ["embeddings"],
    errors: {
      1002: "auth",
      1004: "content-filter",
      1005: "rate-limit",
      1006: "quota",
    },
  },
)
