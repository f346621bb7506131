import { clamped } from "../openai/clamp.ts"
import { openaiCompatible } from "../openai/compatible.ts"
import { models } from "./models.ts"

/** @see https://platform.baichuan-ai.com/docs/api */
export const baichuan = openaiCompatible(
  {
    id: "baichuan",
    name: "Baichuan",
    baseUrl: "https://api.baichuan-ai.com",
    models,
  },
  {
    edits: ({ model, temperature, topP }) => ({
      ...(model === "baichuan-53b" && { model: "Baichuan2" }),
      ...clamped({ temperature, top_p: topP }, { temperature: [0, 1], top_p: [0, 1] }),
    }),
    tasks: ["embeddings"],
  },
)
